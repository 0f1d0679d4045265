-- Silicon repeats itself: FP32 per clock and memory bandwidth of one card, undisturbed, agree from run to run within about
-- one percent. Figures drawn by a program scatter in each metric on its own. Only the scatter of the better half is
-- measured, since owners, renters and heat lower single runs and never raise one.
WITH card AS (
  SELECT device_id, gpu_index, gpu_model, count(*) AS runs,
    quantile_cont(log_busy_sms, 0.92) - quantile_cont(log_busy_sms, 0.6) AS compute_spread,
    quantile_cont(bandwidth_residual, 0.92) - quantile_cont(bandwidth_residual, 0.6) AS bandwidth_spread,
    min(started_at) AS first_at, max(finished_at) AS last_at
  FROM features.benchmark_run
  WHERE log_busy_sms IS NOT NULL AND bandwidth_residual IS NOT NULL
  GROUP BY device_id, gpu_index, gpu_model HAVING count(*) >= 6
), judged AS (
  -- 1.15 standard deviations lie between these quantiles of a normal distribution.
  SELECT *, sqrt(greatest(compute_spread, 0) * greatest(bandwidth_spread, 0)) / 1.15 AS scatter FROM card
  WHERE compute_spread > 0 AND bandwidth_spread > 0
), worst AS (
  SELECT *, row_number() OVER (PARTITION BY device_id, gpu_index ORDER BY scatter DESC, gpu_model) AS k FROM judged
  WHERE scatter >= 0.025 AND compute_spread >= 0.02 AND bandwidth_spread >= 0.012
)
SELECT device_id AS subject_id, CASE WHEN runs >= 10 AND scatter >= 0.03 THEN 'erratic' ELSE 'uneven' END AS level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT count(DISTINCT device_id) FROM card) AS tested,
  json_object('runs', runs, 'card', gpu_index, 'claimed', gpu_model, 'compute_scatter', round(compute_spread / 1.15, 4),
    'bandwidth_scatter', round(bandwidth_spread / 1.15, 4))::VARCHAR AS facts,
  first_at, last_at
FROM worst WHERE k = 1
