-- Devices of a known NVIDIA model, claimed whole, that reported an inventory.
SELECT DISTINCT device_id AS subject_id
FROM features.shown_card WHERE gpu_model IS NOT NULL AND vendor = 'nvidia' AND NOT declared_slice
