-- A card is what it can do at its best: owners, renters, heat and power caps only lower single runs. Named
-- are cards that never showed the claimed SMs or memory, cards whose upper quartile of bandwidth is too low,
-- and cards that another, lesser one of the catalogue explains better.
WITH partial AS (
  SELECT u.unit, count(*) AS short_runs
  FROM features.benchmark_run r
  JOIN own.measured_card u
    ON u.device_id = r.device_id AND u.gpu_model = r.gpu_model
      AND r.gpu_index = coalesce(u.gpu_index, r.gpu_index)
      AND u.slice_profile IS NOT DISTINCT FROM r.slice_profile
  WHERE r.memory_mib < u.memory_min_mib * $sound_memory
  GROUP BY u.unit
),
named AS (
  SELECT *,
    -- Slow as a whole, in the balance of its own card.
    whole
      AND off_balance(bandwidth, bandwidth_min_gb_s, bandwidth_max_gb_s, ln(fp32 / fp32_tflops) + balance)
        < $balance_sigma AS slow_run,
    unnest([CASE WHEN sm_runs >= $least_runs AND fewer_sms THEN 'fewer-cores' END,
      CASE WHEN memory_runs >= $least_runs AND less_memory THEN 'less-memory' END,
      -- A whole card at times.
      CASE WHEN memory_runs >= $many_runs AND short_runs >= greatest($least_runs, $short_share * memory_runs)
          AND NOT less_memory
          THEN 'memory-taken' END,
      CASE WHEN ratio >= $other_nats AND metrics >= 2 THEN 'other-card' END,
      -- Heat and power caps leave the memory clock alone; three fifths of the model's least bandwidth is
      -- another memory.
      CASE WHEN bandwidth_runs >= $least_runs AND bandwidth < bandwidth_min_gb_s * $bandwidth_floor
          AND NOT coalesce(slow_run, FALSE)
          THEN 'less-bandwidth' END,
      CASE WHEN ratio >= $maybe_nats THEN 'maybe-other-card' END]) AS level
  FROM own.measured_card LEFT JOIN own.rival USING (unit) LEFT JOIN partial USING (unit)
)
SELECT device_id AS subject_id, level, (SELECT count(*) FROM own.measured_card) AS tested,
  json_object('claimed', gpu_model, 'runs', runs, 'card', gpu_index, 'sms', sm_best, 'sms_claimed', sm_min,
    'memory_mib', memory_best_mib, 'memory_claimed_mib', memory_min_mib,
    'bandwidth_gb_s', round(bandwidth, 1), 'bandwidth_claimed_gb_s', bandwidth_min_gb_s,
    'fp32_tflops', round(fp32, 3), 'fp32_claimed_tflops', fp32_tflops, 'power_w', power_w,
    'power_claimed_w', power_limit_w, 'fits_better', other, 'likelihood_ratio_nats', round(ratio, 2),
    'metrics_that_say_so', metrics, 'runs_short_of_memory', coalesce(short_runs, 0))::VARCHAR AS facts,
  first_at, last_at
FROM named WHERE level IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY device_id, gpu_index, level ORDER BY unit) = 1
