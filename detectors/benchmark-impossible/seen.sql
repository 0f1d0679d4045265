-- Devices of a known model with enough network-measured runs.
SELECT device_id AS subject_id
FROM features.benchmark_run WHERE gpu_model IS NOT NULL GROUP BY device_id HAVING count(*) >= $least_runs
