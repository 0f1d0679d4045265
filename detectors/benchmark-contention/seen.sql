-- Devices with a card of four runs or more.
SELECT DISTINCT a.device_id AS subject_id
FROM features.benchmark_run a
WHERE a.gpu_model IS NOT NULL AND a.bandwidth IS NOT NULL AND a.fp32 IS NOT NULL AND a.finished_at > a.started_at
  AND a.device_id IN (SELECT device_id FROM features.benchmark_card WHERE runs >= 4)
