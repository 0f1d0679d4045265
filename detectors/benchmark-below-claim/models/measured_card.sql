-- Cards at their best with their claim, the most that they drew at full load (their limit, where it was
-- reached), and whether they are `sound`: they keep the claimed cores, memory and lanes.
WITH power AS (
  SELECT device_id, gpu_index, c.gpu_model, max(t.power_max_w) AS power_w
  FROM features.telemetry_card t
  JOIN features.telemetry_bins s USING (device_id, gpu_index)
  JOIN features.card_claim c USING (device_id, gpu_index)
  WHERE c.latest AND t.util_max_pct >= $full_load_pct AND s.busy_bins >= $busy_bins
    AND t.power_max_w BETWEEN $least_power_w AND $most_power_w
  GROUP BY GROUPING SETS ((device_id, gpu_index, c.gpu_model), (device_id, c.gpu_model))
)
SELECT *,
  fewer_sms IS FALSE AND less_memory IS FALSE AND sm_runs >= $least_runs
    AND memory_runs >= $least_runs AS whole,
  -- Bandwidth over FP32 as this network's kernels find it on sound cards, against data sheets.
  CASE WHEN count(*) FILTER (sound AND bandwidth >= bandwidth_min_gb_s * $low_bandwidth) OVER ()
      >= $many_sound
      THEN median(ln(bandwidth / bandwidth_min_gb_s) - ln(fp32 / fp32_tflops)) FILTER (sound
        AND bandwidth >= bandwidth_min_gb_s * $low_bandwidth) OVER () END AS balance
FROM (
  SELECT row_number() OVER (ORDER BY b.device_id, b.gpu_index, b.gpu_model, b.slice_profile,
        b.declared_slice) AS unit,
    b.*, t.power_w, sm_best < sm_min * $sound_sms AS fewer_sms,
    memory_best_mib < memory_min_mib * $sound_memory AS less_memory,
    bandwidth_runs >= $least_runs AND NOT coalesce(fewer_sms, FALSE) AND NOT coalesce(less_memory, FALSE)
      AND coalesce(per_clock_residual >= -$throttle_lanes, fp32_residual >= -$throttle_fp32, TRUE) AS sound
  FROM features.benchmark_card b
  LEFT JOIN power t
    ON t.device_id = b.device_id AND t.gpu_index IS NOT DISTINCT FROM b.gpu_index
      AND t.gpu_model = b.gpu_model
  WHERE b.fp32_tflops IS NOT NULL
)
