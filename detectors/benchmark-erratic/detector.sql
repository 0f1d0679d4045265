-- Silicon repeats itself: FP32 per clock and bandwidth of one card agree from run to run. Only the scatter of
-- the better half is measured, since owners, renters and heat lower single runs and never raise one.
WITH card AS (
  SELECT device_id, gpu_index, gpu_model, count(*) AS runs,
    quantile_cont(log_busy_sms, $high) - quantile_cont(log_busy_sms, $low) AS compute_spread,
    quantile_cont(bandwidth_residual, $high) - quantile_cont(bandwidth_residual, $low) AS bandwidth_spread,
    min(started_at) AS first_at, max(finished_at) AS last_at,
    sqrt(greatest(compute_spread, 0) * greatest(bandwidth_spread, 0)) / $deviations AS scatter
  FROM features.benchmark_run WHERE log_busy_sms IS NOT NULL AND bandwidth_residual IS NOT NULL
  GROUP BY device_id, gpu_index, gpu_model HAVING count(*) >= $least_runs
),
named AS (
  SELECT *,
    unnest(CASE WHEN runs >= $many_runs AND scatter >= $erratic THEN ['uneven', 'erratic']
      ELSE ['uneven'] END) AS level
  FROM card
  WHERE scatter >= $uneven AND compute_spread >= $least_compute AND bandwidth_spread >= $least_bandwidth
)
SELECT device_id AS subject_id, level, (SELECT count(DISTINCT device_id) FROM card) AS tested,
  json_object('runs', runs, 'card', gpu_index, 'claimed', gpu_model,
    'compute_scatter', round(compute_spread / $deviations, 4),
    'bandwidth_scatter', round(bandwidth_spread / $deviations, 4))::VARCHAR AS facts,
  first_at, last_at
FROM named
QUALIFY row_number() OVER (PARTITION BY device_id, gpu_index, level ORDER BY scatter DESC, gpu_model) = 1
