-- Devices of which a run was under way while a run of another device was: only those could be seen to share.
WITH slot AS (
  SELECT DISTINCT device_id, unnest(range(started_at // half, finished_at // half + 1)) AS half_hour
  FROM (SELECT *, hour_ms() // 2 AS half FROM own.benchmark_fall)
)
SELECT device_id AS subject_id FROM slot QUALIFY count(*) OVER (PARTITION BY half_hour) > 1
