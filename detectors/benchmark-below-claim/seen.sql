-- Devices of a known model with three network-measured runs or more.
SELECT DISTINCT b.device_id AS subject_id
FROM features.benchmark_card b JOIN features.device_claim c ON c.device_id = b.device_id
WHERE c.fp32_tflops IS NOT NULL AND b.runs >= 3
