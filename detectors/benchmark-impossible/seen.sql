-- Devices of a known model with three network-measured runs or more.
SELECT device_id AS subject_id FROM features.benchmark_run WHERE gpu_model IS NOT NULL GROUP BY device_id HAVING count(*) >= 3
