-- Devices with enough network-measured runs of a card that carry clock, FP32 and bandwidth.
SELECT device_id AS subject_id
FROM features.benchmark_run WHERE log_busy_sms IS NOT NULL AND bandwidth_residual IS NOT NULL
GROUP BY device_id, gpu_index HAVING count(*) >= $least_runs
