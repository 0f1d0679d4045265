-- A card is what it can do at its best. Over three or more runs that the network measured, the upper quartile of
-- bandwidth and compute, the most SMs and the most memory ever shown stand for the card; owners, renters, heat and power
-- caps only lower single runs. The claim is rejected when the card never showed the claimed SMs or memory, or when
-- another card of the catalogue explains two metrics better: memory speed alone also depends on the benchmark's kernel.
WITH unit AS (
  SELECT row_number() OVER (ORDER BY b.device_id, b.gpu_index, b.gpu_model, b.slice_profile, b.declared_slice) AS unit, b.*,
    b.bandwidth_min_gb_s AS bandwidth_low, b.bandwidth_max_gb_s AS bandwidth_high, b.fp32_tflops AS fp32_spec, b.fp16_tflops AS fp16_spec,
    b.power_limit_w AS power_spec, t.power_w,
    -- Cards that keep the claimed cores, memory and lanes: what the meter shows of their memory says how far down it goes.
    b.bandwidth_runs >= 3 AND coalesce(b.sm_best >= b.sm_min * 0.9, TRUE) AND coalesce(b.memory_best_mib >= b.memory_min_mib * 0.75, TRUE)
      AND coalesce(b.per_clock_residual >= -0.3, b.fp32_residual >= -0.7, TRUE) AS gauge
  FROM features.benchmark_card b
  LEFT JOIN (
    -- The most that a card at full load drew: its limit, where it was ever reached.
    SELECT t.device_id, t.gpu_index, c.gpu_model, max(t.power_max_w) AS power_w
    FROM features.telemetry_card t JOIN features.telemetry_bins s ON s.device_id = t.device_id AND s.gpu_index = t.gpu_index
    JOIN features.card_claim c ON c.device_id = t.device_id AND c.gpu_index = t.gpu_index AND c.latest
    WHERE t.util_max_pct >= 98 AND s.busy_bins >= 8 AND t.power_max_w BETWEEN 5 AND 2000
    GROUP BY GROUPING SETS ((t.device_id, t.gpu_index, c.gpu_model), (t.device_id, c.gpu_model))
  ) t ON t.device_id = b.device_id AND t.gpu_index IS NOT DISTINCT FROM b.gpu_index AND t.gpu_model = b.gpu_model
  WHERE b.fp32_tflops IS NOT NULL
), meter AS (
  -- How often this network's benchmark shows an otherwise sound card of another model less than four fifths of its bandwidth, by
  -- Laplace's rule. Kernels differ: of the real cards of clpeak it is one in twelve.
  SELECT m.gpu_model, CAST(a.low - m.low + 1 AS DOUBLE) / (a.cards - m.cards + 2) AS low_share
  FROM (SELECT gpu_model, count(*) FILTER (WHERE gauge) AS cards, count(*) FILTER (WHERE gauge AND bandwidth < bandwidth_low * 0.8) AS low FROM unit GROUP BY gpu_model) m
  CROSS JOIN (SELECT count(*) FILTER (WHERE gauge) AS cards, count(*) FILTER (WHERE gauge AND bandwidth < bandwidth_low * 0.8) AS low FROM unit) a
), suspect AS (
  -- Only cards whose figures lie below the claim in a way that throttling does not explain are compared with others: it
  -- lowers the clock, so bandwidth and FP32 per clock stay.
  SELECT * FROM unit
  WHERE bandwidth_runs >= 3 AND fp32_runs >= 3 AND bandwidth <= bandwidth_high * 1.06 AND (bandwidth_residual < -0.25 OR per_clock_residual < -0.3 OR fp32_residual < -0.7)
), candidate AS (
  SELECT gpu_model, slice_profile, vendor, lanes_per_sm, sm_min, sm_max, fp32_tflops, fp16_tflops, bandwidth_min_gb_s, bandwidth_max_gb_s, power_limit_w
  FROM features.gpu_kind WHERE slice_kind IS NULL OR slice_kind = 'mig'
), hypothesis AS (
  -- A name of several models is one claim for each: it is true if any of them fits.
  SELECT s.unit, s.gpu_model AS claim, s.bandwidth, s.fp32, s.fp16_per_fp32, s.power_w,
    s.log_busy_sms + ln(CAST(s.lanes_per_sm AS DOUBLE) / k.lanes_per_sm) AS log_busy_sms, TRUE AS claimed, k.gpu_model, k.slice_profile,
    k.bandwidth_min_gb_s AS bandwidth_low, k.bandwidth_max_gb_s AS bandwidth_high, k.fp32_tflops AS fp32_spec, k.fp16_tflops AS fp16_spec,
    k.sm_min AS sm_low, k.sm_min AS sm_high, k.power_limit_w AS power_spec
  FROM (SELECT *, unnest(members) AS member FROM suspect) s
  JOIN features.gpu_kind k ON k.gpu_model = s.member AND k.slice_profile IS NOT DISTINCT FROM s.slice_profile
  UNION ALL
  SELECT s.unit, s.gpu_model, s.bandwidth, s.fp32, s.fp16_per_fp32, s.power_w,
    s.log_busy_sms + ln(CAST(s.lanes_per_sm AS DOUBLE) / c.lanes_per_sm), FALSE, c.gpu_model, c.slice_profile,
    c.bandwidth_min_gb_s, c.bandwidth_max_gb_s, c.fp32_tflops, c.fp16_tflops, c.sm_min, c.sm_max, c.power_limit_w
  FROM suspect s JOIN candidate c ON c.vendor = s.vendor
    -- Only lesser cards: a better card under a lesser name cheats nobody.
    AND c.bandwidth_max_gb_s <= s.bandwidth_high * 1.001 AND c.fp32_tflops <= s.fp32_spec * 1.15
    AND NOT (list_contains(s.members, c.gpu_model) AND c.slice_profile IS NOT DISTINCT FROM s.slice_profile)
), distance AS (
  SELECT h.*, m.low_share,
    greatest(ln(bandwidth_low * 0.82 / bandwidth), 0) AS starved,
    greatest(ln(bandwidth / bandwidth_high / 0.97), 0) / 0.035 AS z_bandwidth,
    greatest(ln(fp32 / fp32_spec) - 0.1, 0) / 0.06 AS z_fast,
    greatest(-0.2 - ln(fp32 / fp32_spec), 0) AS slow,
    greatest(ln(sm_low) - 0.22 - log_busy_sms, log_busy_sms - ln(sm_high) - 0.03, 0) / 0.06 AS z_sms,
    greatest(abs(ln(fp16_per_fp32) - ln(fp16_spec / fp32_spec) + 0.1) - 0.15, 0) / 0.15 AS z_fp16,
    CASE WHEN power_w < power_spec * 0.85 THEN 3 WHEN power_w > power_spec * 1.03 THEN least(50 * (power_w / power_spec - 1.03), 3) ELSE 0 END AS power_nats
  FROM hypothesis h JOIN meter m ON m.gpu_model = h.claim
), likelihood AS (
  -- Cards reach 0.82 to 0.97 of their bandwidth, or, as often as the meter shows, much less. They reach 0.80 to 1.1 of their
  -- FP32 at vendor clocks; slower compute is throttling, exponentially rarer the deeper it is. One card in twenty at full load
  -- is kept below its power limit.
  SELECT *,
    CASE WHEN starved > 0 THEN ln((1 - low_share) * exp(- least(starved * starved / 0.00245, 100)) + low_share * exp(- starved / 0.2)) ELSE - least(z_bandwidth * z_bandwidth / 2, 12) END AS on_bandwidth,
    - least(z_fast * z_fast / 2, 12) - least(slow / 0.2, 6) - coalesce(least(z_sms * z_sms / 2, 12), 0) - coalesce(least(z_fp16 * z_fp16 / 2, 6), 0) AS on_compute,
    - coalesce(power_nats, 0) AS on_power
  FROM distance
), weighed AS (
  SELECT *, greatest(on_bandwidth, -12) + on_compute + on_power AS nats FROM likelihood
), claim AS (
  SELECT * FROM weighed WHERE claimed
  QUALIFY row_number() OVER (PARTITION BY unit ORDER BY nats DESC, gpu_model) = 1
), rival AS (
  SELECT o.unit, o.gpu_model || coalesce(' ' || o.slice_profile, '') AS other, o.nats - c.nats AS ratio,
    -- Metrics that speak for the rival: memory speed, arithmetic, power. Lanes over clock are two instruments, and no throttle moves their quotient.
    CAST(o.on_bandwidth - c.on_bandwidth >= 2 AS INTEGER) + CAST(o.on_compute - c.on_compute >= 2 AS INTEGER) + CAST(coalesce(c.z_sms * c.z_sms - o.z_sms * o.z_sms, 0) >= 12 AS INTEGER) + CAST(o.on_power - c.on_power >= 2 AS INTEGER) AS metrics
  FROM weighed o JOIN claim c ON c.unit = o.unit
  WHERE NOT o.claimed
), best AS (
  SELECT unit, ratio, metrics, other FROM rival
  QUALIFY row_number() OVER (PARTITION BY unit ORDER BY ratio DESC, metrics DESC, other) = 1
), partial AS (
  SELECT u.unit, count(*) AS short_runs
  FROM features.benchmark_run r JOIN unit u ON u.device_id = r.device_id AND (u.gpu_index IS NULL OR u.gpu_index = r.gpu_index)
    AND u.gpu_model = r.gpu_model AND u.slice_profile IS NOT DISTINCT FROM r.slice_profile
  WHERE r.memory_mib < u.memory_min_mib * 0.75
  GROUP BY u.unit
), measured AS (
  SELECT u.*, b.ratio, b.metrics, b.other, coalesce(p.short_runs, 0) AS short_runs
  FROM unit u
  LEFT JOIN best b ON b.unit = u.unit
  LEFT JOIN partial p ON p.unit = u.unit
), judged AS (
  -- Cores, memory and throughput are three measurements: each may speak once.
  SELECT *, 1 AS facet, 'fewer-cores' AS level FROM measured WHERE sm_runs >= 3 AND sm_best < sm_min * 0.9
  UNION ALL
  SELECT *, 2, CASE WHEN memory_runs >= 3 AND memory_best_mib < memory_min_mib * 0.75 THEN 'less-memory' ELSE 'memory-taken' END
  FROM measured
  WHERE (memory_runs >= 3 AND memory_best_mib < memory_min_mib * 0.75)
    OR (memory_runs >= 5 AND short_runs >= 3 AND short_runs * 10 >= memory_runs * 3)
  UNION ALL
  -- Heat and power caps leave the memory clock alone; three fifths of the least bandwidth of the model is another memory.
  SELECT *, 3, CASE WHEN ratio >= 7 AND metrics >= 2 THEN 'other-card'
    WHEN bandwidth_runs >= 3 AND bandwidth < bandwidth_low * 0.6 THEN 'less-bandwidth' ELSE 'maybe-other-card' END
  FROM measured WHERE ratio >= 5 OR (bandwidth_runs >= 3 AND bandwidth < bandwidth_low * 0.6)
), worst AS (
  -- One finding per card and measurement.
  SELECT *, row_number() OVER (PARTITION BY device_id, gpu_index, facet ORDER BY
    list_position(['fewer-cores', 'less-memory', 'other-card', 'less-bandwidth', 'maybe-other-card', 'memory-taken'], level), unit) AS k
  FROM judged
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT count(*) FROM unit) AS tested,
  json_object('claimed', gpu_model, 'runs', runs, 'card', gpu_index, 'sms', sm_best, 'sms_claimed', sm_min,
    'memory_mib', memory_best_mib, 'memory_claimed_mib', memory_min_mib, 'bandwidth_gb_s', round(bandwidth, 1),
    'bandwidth_claimed_gb_s', bandwidth_low, 'fp32_tflops', round(fp32, 3), 'fp32_claimed_tflops', fp32_spec,
    'power_w', power_w, 'power_claimed_w', power_spec,
    'fits_better', other, 'likelihood_ratio_nats', round(ratio, 2), 'metrics_that_say_so', metrics, 'runs_short_of_memory', short_runs)::VARCHAR AS facts,
  first_at, last_at
FROM worst WHERE k = 1
