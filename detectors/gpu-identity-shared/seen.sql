-- Devices with an identifier that could be compared, and heartbeats to say when they were online.
SELECT DISTINCT g.device_id AS subject_id
FROM raw.gpus g JOIN rollup.device_day d ON d.device_id = g.device_id
WHERE uuid_canonical(g.gpu_uuid) IS NOT NULL OR serial_canonical(g.serial) IS NOT NULL
