-- A slice is not any fraction: MIG cuts SMs and memory channels on a grid. A card claimed whole whose
-- bandwidth and working SMs both lie at one profile of its own model, run after run, is that slice.
WITH spread AS (
  SELECT device_id, gpu_index AS card, gpu_model
  FROM features.benchmark_run WHERE log_busy_sms IS NOT NULL
  GROUP BY device_id, gpu_index, gpu_model
  HAVING quantile_cont(log_busy_sms, $upper) - quantile_cont(log_busy_sms, $lower) < $most_spread
    AND quantile_cont(bandwidth_residual, $upper) - quantile_cont(bandwidth_residual, $lower) < $most_spread
),
fit AS (
  SELECT u.* EXCLUDE (slice_profile), p.slice_profile, p.sm_max AS slice_sms,
    p.bandwidth_min_gb_s AS slice_bandwidth,
    abs(ln(u.bandwidth / p.bandwidth_min_gb_s) + $bandwidth_middle) AS off_bandwidth,
    abs(ln(u.busy_sms / p.sm_max) + $lanes_middle) AS off_sms
  FROM (SELECT *, unnest(members) AS member FROM own.whole_card) u
  JOIN features.gpu_kind p ON p.gpu_model = u.member AND p.slice_kind = 'mig'
  -- A profile that keeps nine tenths of the memory channels and SMs cannot be told from the whole.
  WHERE p.sm_max < u.sm_min * $whole_sms AND u.bandwidth < u.bandwidth_min_gb_s * $whole_bandwidth
    AND off_bandwidth < $most_off AND off_sms < $most_off
),
best AS (
  SELECT *
  FROM fit
  QUALIFY row_number() OVER (PARTITION BY device_id, gpu_index, gpu_model
    ORDER BY off_bandwidth + off_sms, slice_sms)
    = 1
)
SELECT device_id AS subject_id,
  CASE WHEN sm_best < sm_min * $whole_sms THEN 'slice' ELSE 'slice-in-disguise' END AS level,
  (SELECT count(DISTINCT device_id) FROM own.whole_card) AS tested,
  json_object('claimed', gpu_model, 'runs', runs, 'card', gpu_index, 'profile', slice_profile,
    'bandwidth_gb_s', round(bandwidth, 1), 'profile_bandwidth_gb_s', round(slice_bandwidth, 1),
    'working_sms', round(busy_sms, 1), 'profile_sms', slice_sms, 'whole_sms', sm_min,
    'reported_sms', sm_best)::VARCHAR AS facts,
  first_at, last_at
FROM best JOIN spread USING (device_id, gpu_model) WHERE card = coalesce(gpu_index, card)
QUALIFY row_number() OVER (PARTITION BY device_id, gpu_index ORDER BY off_bandwidth + off_sms, gpu_model) = 1
