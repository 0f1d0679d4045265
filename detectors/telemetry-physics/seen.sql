-- Devices with two of the three figures for a model that trusted machines tell about.
SELECT DISTINCT device_id AS subject_id
FROM own.telemetry_physics GROUP BY device_id, gpu_index HAVING count(*) >= 2
