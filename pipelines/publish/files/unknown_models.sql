-- Claimed models that the catalogue does not know: nothing can be compared with what such a card is known to do.
SELECT claim AS gpu_model, devices, accounts
FROM features.unknown_model
ORDER BY devices DESC, gpu_model
