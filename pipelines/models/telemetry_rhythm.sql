-- How the power steps of a card follow each other: one row per card with steps over the last fortnight.
-- `pauses`: how many different distances between neighbouring steps; `bins`: quarter hours from the first to
-- the last.
WITH paused AS (
  SELECT device_id, gpu_index, bin,
    bin - lag(bin) OVER (PARTITION BY device_id, gpu_index ORDER BY bin) AS pause
  FROM features.telemetry_event
)
SELECT device_id, gpu_index, count(*) AS steps, count(DISTINCT pause) AS pauses,
  max(bin) - min(bin) + 1 AS bins, min(bin) * 900000 AS first_at, (max(bin) + 1) * 900000 AS last_at
FROM paused GROUP BY device_id, gpu_index
