-- Devices with a card of a model with known figures and three network-measured runs of it or more.
SELECT DISTINCT device_id AS subject_id FROM features.benchmark_card WHERE fp32_tflops IS NOT NULL AND runs >= 3
