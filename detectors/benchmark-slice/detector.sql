-- A slice of a board is not any fraction: MIG cuts SMs and memory channels on a grid of a few profiles. A card claimed whole whose
-- bandwidth and working SMs both lie at one profile of its own model, run after run, far from the whole, is that slice.
-- A power cap lowers the clock and touches neither; an owner's work takes any share of both, and not always the same.
WITH unit AS (
  SELECT b.*, b.bandwidth_min_gb_s AS whole_bandwidth, exp(b.log_busy_sms) AS busy_sms
  FROM features.benchmark_card b
  WHERE b.gpu_model IS NOT NULL AND b.mig_capable AND NOT b.declared_slice AND b.bandwidth_runs >= 4 AND b.log_busy_sms IS NOT NULL
), spread AS (
  -- Half of the runs must lie within a few percent: what shares with others varies.
  SELECT device_id, gpu_index, gpu_model, quantile_cont(log_busy_sms, 0.75) - quantile_cont(log_busy_sms, 0.25) AS compute_spread,
    quantile_cont(bandwidth_residual, 0.75) - quantile_cont(bandwidth_residual, 0.25) AS bandwidth_spread
  FROM features.benchmark_run WHERE log_busy_sms IS NOT NULL GROUP BY device_id, gpu_index, gpu_model
), fit AS (
  SELECT u.device_id, u.gpu_index, u.gpu_model, p.slice_profile, p.sm_max AS slice_sms, p.bandwidth_min_gb_s AS slice_bandwidth,
    -- Cards reach 0.82 to 0.97 of their bandwidth and 0.80 to 1.03 of their lanes (clpeak); the middle of each range is zero.
    abs(ln(u.bandwidth / p.bandwidth_min_gb_s) + 0.11) AS off_bandwidth, abs(ln(u.busy_sms / p.sm_max) + 0.09) AS off_sms
  FROM (SELECT *, unnest(members) AS member FROM unit) u
  JOIN features.gpu_kind p ON p.gpu_model = u.member AND p.slice_kind = 'mig'
  -- A profile that keeps nine tenths of the memory channels and SMs cannot be told from the whole.
  WHERE p.sm_max < u.sm_min * 0.9 AND u.bandwidth < u.whole_bandwidth * 0.7
), best AS (
  SELECT *, row_number() OVER (PARTITION BY device_id, gpu_index, gpu_model ORDER BY off_bandwidth + off_sms, slice_sms) AS k FROM fit
  WHERE off_bandwidth < 0.14 AND off_sms < 0.14
), worst AS (
  SELECT u.* EXCLUDE (slice_profile), b.slice_profile, b.slice_sms, b.slice_bandwidth, s.compute_spread, s.bandwidth_spread,
    row_number() OVER (PARTITION BY u.device_id, u.gpu_index ORDER BY b.off_bandwidth + b.off_sms, u.gpu_model) AS place
  FROM best b JOIN unit u ON u.device_id = b.device_id AND u.gpu_index IS NOT DISTINCT FROM b.gpu_index AND u.gpu_model = b.gpu_model
  JOIN spread s ON s.device_id = b.device_id AND s.gpu_index = coalesce(b.gpu_index, s.gpu_index) AND s.gpu_model = b.gpu_model
  WHERE b.k = 1 AND s.compute_spread < 0.06 AND s.bandwidth_spread < 0.06
)
SELECT device_id AS subject_id, CASE WHEN sm_best < sm_min * 0.9 THEN 'slice' ELSE 'slice-in-disguise' END AS level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT count(DISTINCT device_id) FROM unit) AS tested,
  json_object('claimed', gpu_model, 'runs', runs, 'card', gpu_index, 'profile', slice_profile, 'bandwidth_gb_s', round(bandwidth, 1), 'profile_bandwidth_gb_s', round(slice_bandwidth, 1),
    'working_sms', round(busy_sms, 1), 'profile_sms', slice_sms, 'whole_sms', sm_min, 'reported_sms', sm_best)::VARCHAR AS facts,
  first_at, last_at
FROM worst WHERE place = 1
