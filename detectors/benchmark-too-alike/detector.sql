-- Silicon breathes: each run moves by a few tenths of a percent. Runs that differ by less than a tenth of
-- what cards of this network usually differ, in metrics of two clocks, were not measured.
WITH card AS (
  SELECT device_id, gpu_index, count(*) AS runs, min(gpu_model) AS gpu_model,
    count(DISTINCT fp32) AS fp32_values,
    quantile_cont(ln(fp32), $upper) - quantile_cont(ln(fp32), $lower) AS compute,
    quantile_cont(ln(bandwidth), $upper) - quantile_cont(ln(bandwidth), $lower) AS memory,
    min(started_at) AS first_at, max(finished_at) AS last_at
  FROM features.benchmark_run WHERE fp32 IS NOT NULL AND bandwidth IS NOT NULL
  GROUP BY device_id, gpu_index HAVING count(*) >= $least_runs
),
fleet AS (
  -- Upper quartile of cards: a fleet where three in four write their figures still shows what measuring is.
  SELECT count(*) AS cards, quantile_cont(compute, $upper) AS usual_compute,
    quantile_cont(memory, $upper) AS usual_memory
  FROM card
)
SELECT device_id AS subject_id, level, (SELECT count(DISTINCT device_id) FROM card) AS tested,
  json_object('claimed', gpu_model, 'runs', runs, 'card', gpu_index, 'compute_range', round(compute, 6),
    'usual_compute_range', round(usual_compute, 6), 'bandwidth_range', round(memory, 6),
    'usual_bandwidth_range', round(usual_memory, 6), 'different_fp32_values', fp32_values)::VARCHAR AS facts,
  first_at, last_at
FROM card
CROSS JOIN fleet
JOIN (VALUES ('little-scatter', $least_runs), ('no-scatter', $many_runs)) l(level, least) ON runs >= least
WHERE cards >= $least_cards AND usual_compute >= $coarse_compute AND usual_memory >= $coarse_memory
  AND compute < $still * usual_compute AND memory < $still * usual_memory
