-- Devices of a known model that reported an inventory.
SELECT DISTINCT g.device_id AS subject_id
FROM raw.gpus g JOIN features.card_claim c ON c.device_id = g.device_id AND c.gpu_index = g.gpu_index
WHERE c.gpu_model IS NOT NULL
