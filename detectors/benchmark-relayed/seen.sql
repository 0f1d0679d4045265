-- Devices with six network-measured runs whose challenges have a time, in fleets of twenty such devices.
SELECT device_id AS subject_id FROM (
  SELECT device_id, count(*) OVER () AS devices FROM features.benchmark_run
  WHERE requested_at IS NOT NULL AND started_at >= requested_at AND started_at - requested_at < 3600000
  GROUP BY device_id HAVING count(*) >= 6
) WHERE devices >= 20 AND EXISTS (SELECT 1 FROM raw.pings)
