-- Devices with a card of a known model and three network-measured runs of it or more.
SELECT DISTINCT device_id AS subject_id FROM features.benchmark_card WHERE gpu_model IS NOT NULL AND runs >= 3
