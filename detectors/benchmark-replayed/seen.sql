-- Devices with a network-measured run that carries a digest to a nonce, or figures.
SELECT DISTINCT device_id AS subject_id
FROM features.benchmark_run
WHERE (digest IS NOT NULL AND nonce IS NOT NULL) OR (fp32 IS NOT NULL AND bandwidth IS NOT NULL)
