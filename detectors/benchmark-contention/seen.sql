-- Devices of which a run was under way while a run of another device was: only those could be seen to share. Runs are compared by half-hours.
WITH slot AS (
  SELECT DISTINCT device_id, unnest(range(started_at // 1800000, finished_at // 1800000 + 1)) AS half_hour FROM own.benchmark_fall
)
SELECT DISTINCT device_id AS subject_id FROM (SELECT device_id, count(*) OVER (PARTITION BY half_hour) AS devices FROM slot) WHERE devices > 1
