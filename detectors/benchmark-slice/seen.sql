-- Devices that claim a whole card of a model that MIG can cut, with four runs or more that carry clock, FP32 and bandwidth.
SELECT DISTINCT b.device_id AS subject_id
FROM features.benchmark_card b
JOIN features.gpu_kind p ON list_contains(b.members, p.gpu_model) AND p.slice_kind = 'mig'
JOIN features.benchmark_run r ON r.device_id = b.device_id
WHERE b.mig_capable AND NOT b.declared_slice AND b.bandwidth_runs >= 4 AND b.log_busy_sms IS NOT NULL
