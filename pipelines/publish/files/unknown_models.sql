-- Claimed models that the catalogue does not know, with the first of their devices: nothing can be compared
-- with what such a card is known to do.
SELECT coalesce(claim, '') AS gpu_model, devices, accounts, array_to_string(device_ids, '|') AS device_ids
FROM features.unknown_model ORDER BY devices DESC, gpu_model
