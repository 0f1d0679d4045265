-- Devices that reported an inventory.
SELECT DISTINCT device_id AS subject_id FROM raw.gpus
