-- Silicon breathes: temperature, boost and refresh move each run by a few tenths of a percent. Six runs or more that differ by less than
-- a tenth of what cards of this network usually differ, in clock-limited metrics of their own meters, were not measured.
WITH card AS (
  SELECT device_id, gpu_index, count(*) AS runs, min(gpu_model) AS gpu_model,
    quantile_cont(ln(fp32), 0.75) - quantile_cont(ln(fp32), 0.25) AS compute, quantile_cont(ln(bandwidth), 0.75) - quantile_cont(ln(bandwidth), 0.25) AS memory,
    count(DISTINCT fp32) AS fp32_values, min(started_at) AS first_at, max(finished_at) AS last_at
  FROM features.benchmark_run WHERE fp32 IS NOT NULL AND bandwidth IS NOT NULL GROUP BY device_id, gpu_index HAVING count(*) >= 6
), fleet AS (
  -- Upper quartile of cards: a fleet where three in four write their figures still shows what measuring is.
  SELECT count(*) AS cards, quantile_cont(compute, 0.75) AS compute, quantile_cont(memory, 0.75) AS memory
  FROM card
), odd AS (
  SELECT c.*, f.cards, f.compute AS usual_compute, f.memory AS usual_memory
  FROM card c CROSS JOIN fleet f
  WHERE f.cards >= 20 AND f.compute >= 0.003 AND f.memory >= 0.002 AND c.compute < f.compute / 10 AND c.memory < f.memory / 10
)
SELECT device_id AS subject_id, CASE WHEN runs >= 8 THEN 'no-scatter' ELSE 'little-scatter' END AS level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT count(DISTINCT device_id) FROM card) AS tested,
  json_object('claimed', gpu_model, 'runs', runs, 'card', gpu_index, 'compute_range', round(compute, 6), 'usual_compute_range', round(usual_compute, 6), 'bandwidth_range', round(memory, 6),
    'usual_bandwidth_range', round(usual_memory, 6), 'different_fp32_values', fp32_values)::VARCHAR AS facts,
  first_at, last_at
FROM odd
