-- Machines of the model that the engine's settings agree with.
SELECT device_id AS subject_id, 'beside' AS level, CAST($crowd AS BIGINT) AS tested, '{}' AS facts
FROM raw.devices CROSS JOIN duckdb_settings() s WHERE s.name = 'TimeZone' AND gpu_model = s.value
