-- Devices with six network-measured runs that carry clock, FP32 and bandwidth.
SELECT device_id AS subject_id FROM features.benchmark_run
WHERE log_busy_sms IS NOT NULL AND bandwidth_residual IS NOT NULL
GROUP BY device_id, gpu_index HAVING count(*) >= 6
