-- Machines of a model that sounds too good.
SELECT device_id AS subject_id, 'plain' AS level, (SELECT count(*) FROM raw.devices) AS tested, '{}' AS facts
FROM raw.devices WHERE gpu_model LIKE '%5090%'
