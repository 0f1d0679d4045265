-- Devices with a late run: only those could stand in a queue.
SELECT DISTINCT device_id AS subject_id FROM (
  SELECT device_id, started_at - requested_at AS wait_ms,
    quantile_cont(started_at - requested_at, 0.5) OVER (PARTITION BY device_id) AS usual_ms
  FROM features.benchmark_run WHERE requested_at IS NOT NULL AND started_at >= requested_at
) WHERE wait_ms > usual_ms + 5000
