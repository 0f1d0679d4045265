-- Devices whose card has a uuid that is no placeholder and no slice.
SELECT DISTINCT g.device_id AS subject_id
FROM raw.gpus g JOIN features.device_claim c ON c.device_id = g.device_id
WHERE starts_with(uuid_canonical(g.gpu_uuid), 'GPU-') AND NOT c.declared_slice
