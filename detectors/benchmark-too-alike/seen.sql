-- Devices with enough runs of a card that carry FP32 and bandwidth.
SELECT device_id AS subject_id
FROM features.benchmark_run WHERE fp32 IS NOT NULL AND bandwidth IS NOT NULL
GROUP BY device_id, gpu_index HAVING count(*) >= $least_runs
