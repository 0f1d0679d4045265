-- What network-measured runs say about a card at its best (upper quartile; all counts and maxima), with its
-- claim: one row per card and model with three runs or more, else per device and model (gpu_index NULL).
WITH unit AS (
  SELECT device_id, gpu_index, gpu_model, slice_profile, declared_slice, count(*) AS runs,
    count(memory_mib) AS memory_runs, max(memory_mib) AS memory_best_mib, count(sm_count) AS sm_runs,
    max(sm_count) AS sm_best, count(bandwidth) AS bandwidth_runs, count(fp32) AS fp32_runs,
    count(clock) AS clock_runs, quantile_cont(bandwidth, 0.75) AS bandwidth,
    quantile_cont(fp32, 0.75) AS fp32, quantile_cont(fp16, 0.75) AS fp16,
    quantile_cont(fp16 / fp32, 0.5) AS fp16_per_fp32,
    quantile_cont(bandwidth_residual, 0.75) AS bandwidth_residual,
    quantile_cont(fp32_residual, 0.75) AS fp32_residual, quantile_cont(log_busy_sms, 0.75) AS log_busy_sms,
    quantile_cont(per_clock_residual, 0.75) AS per_clock_residual, min(started_at) AS first_at,
    max(finished_at) AS last_at
  FROM features.benchmark_run
  GROUP BY GROUPING SETS ((device_id, gpu_index, gpu_model, slice_profile, declared_slice),
      (device_id, gpu_model, slice_profile, declared_slice))
),
claim AS (
  SELECT * EXCLUDE (gpu_index, from_at, until_at, latest, own)
  FROM features.run_claim
  QUALIFY row_number() OVER (PARTITION BY device_id, gpu_model, slice_profile, declared_slice
    ORDER BY gpu_index, from_at)
    = 1
)
SELECT u.*, c.* EXCLUDE (device_id, gpu_model, slice_profile, declared_slice)
FROM unit u
LEFT JOIN claim c
  ON c.device_id = u.device_id AND c.gpu_model = u.gpu_model
    AND c.slice_profile IS NOT DISTINCT FROM u.slice_profile AND c.declared_slice = u.declared_slice
WHERE (u.gpu_index IS NOT NULL AND u.runs >= 3)
  OR (u.gpu_index IS NULL
    AND NOT EXISTS (
      SELECT 1
      FROM unit o
      WHERE o.device_id = u.device_id AND o.gpu_model IS NOT DISTINCT FROM u.gpu_model
        AND o.gpu_index IS NOT NULL AND o.runs >= 3
    ))
