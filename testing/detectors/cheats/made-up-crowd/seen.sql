-- All machines that say what they are.
SELECT device_id AS subject_id FROM raw.devices WHERE gpu_model IS NOT NULL
