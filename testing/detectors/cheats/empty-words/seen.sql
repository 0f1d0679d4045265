-- All machines.
SELECT device_id AS subject_id FROM raw.devices
