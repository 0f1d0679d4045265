-- The lesser card that explains each suspect best: by how many nats, and in how many metrics.
WITH meter AS (
  -- How often sound cards of other models show little bandwidth (Laplace).
  SELECT gpu_model AS model,
    CAST(sum(low) OVER () - low + 1 AS DOUBLE) / (sum(cards) OVER () - cards + 2) AS low_share
  FROM (
    SELECT gpu_model, count(*) FILTER (sound) AS cards,
      count(*) FILTER (sound AND bandwidth < bandwidth_min_gb_s * $low_bandwidth) AS low
    FROM own.measured_card GROUP BY gpu_model
  )
),
suspect AS (
  -- Throttling lowers the clock; bandwidth and FP32 per clock stay.
  SELECT *, gpu_model AS model
  FROM own.measured_card
  WHERE bandwidth_runs >= $least_runs AND fp32_runs >= $least_runs
    AND bandwidth <= bandwidth_max_gb_s * $overclocked
    AND (bandwidth_residual < -$suspect_bandwidth
      OR per_clock_residual < -$throttle_lanes
      OR fp32_residual < -$throttle_fp32)
),
hypothesis AS (
  -- Each model of the claimed name; else only lesser cards: a better one under a lesser name cheats nobody.
  SELECT s.unit, s.model, s.whole, s.balance, s.bandwidth, s.fp32, s.fp16_per_fp32, s.power_w, k.gpu_model,
    k.slice_profile, k.bandwidth_min_gb_s AS bandwidth_low, k.bandwidth_max_gb_s AS bandwidth_high,
    k.fp32_tflops AS fp32_spec, k.fp16_tflops AS fp16_spec, k.power_limit_w AS power_spec,
    list_contains(s.members, k.gpu_model) AND k.slice_profile IS NOT DISTINCT FROM s.slice_profile AS claimed,
    s.log_busy_sms + ln(CAST(s.lanes_per_sm AS DOUBLE) / k.lanes_per_sm) AS log_busy_sms, k.sm_min AS sm_low,
    CASE WHEN claimed THEN k.sm_min ELSE k.sm_max END AS sm_high
  FROM suspect s CROSS JOIN features.gpu_kind k
  WHERE claimed
    OR (k.vendor = s.vendor AND (k.slice_kind IS NULL OR k.slice_kind = 'mig')
      AND k.fp32_tflops <= s.fp32_tflops * $equal_fp32
      AND k.bandwidth_max_gb_s <= s.bandwidth_max_gb_s * $equal_bandwidth)
),
likelihood AS (
  -- Slower compute is throttling, exponentially rarer the deeper it is; each metric's penalty is capped.
  SELECT h.*, greatest(ln(bandwidth_low * $reach_low / bandwidth), 0) AS starved,
    greatest(ln(bandwidth / bandwidth_high / $reach_high), 0) / $bandwidth_sigma AS z_bandwidth,
    greatest(ln(fp32 / fp32_spec) - $fast, 0) / $compute_sigma AS z_fast,
    greatest(-$slow - ln(fp32 / fp32_spec), 0) AS slow,
    greatest(ln(sm_low) - $lanes_low - log_busy_sms, log_busy_sms - ln(sm_high) - $lanes_high, 0)
      / $compute_sigma AS z_sms,
    greatest(abs(ln(fp16_per_fp32) - ln(fp16_spec / fp32_spec) + $fp16_middle) - $fp16_sigma, 0)
      / $fp16_sigma AS z_fp16,
    starved * starved / (2 * $bandwidth_sigma * $bandwidth_sigma) AS starved_nats,
    CASE WHEN starved = 0 THEN -least(z_bandwidth * z_bandwidth / 2, $most_nats)
      ELSE ln((1 - low_share) * exp(-least(starved_nats, $most_exponent))
        + low_share * exp(-starved / $decay)) END AS on_bandwidth,
    -least(z_fast * z_fast / 2, $most_nats) - least(slow / $decay, $most_soft_nats)
      - coalesce(least(z_sms * z_sms / 2, $most_nats), 0)
      - coalesce(least(z_fp16 * z_fp16 / 2, $most_soft_nats), 0) AS on_compute,
    power_w / power_spec - $over_power AS over,
    CASE WHEN power_w < power_spec * $capped_power THEN -$power_nats
      WHEN power_w > power_spec * $over_power THEN -least($over_power_nats * over, $power_nats)
      ELSE 0 END AS on_power,
    -- A run that was slow as a whole (a cold start, a shared minute) keeps the balance of its card.
    CASE WHEN claimed AND whole
        THEN off_balance(bandwidth, bandwidth_low, bandwidth_high, ln(fp32 / fp32_spec) + balance)
          / $balance_sigma END AS z_balance,
    CASE WHEN z_balance IS NOT NULL
        THEN -$slow_run_nats - least(z_balance * z_balance / 2, $most_nats) END AS on_slow_run,
    -- NULL is passed over.
    greatest(greatest(on_bandwidth, -$most_nats) + on_compute, on_slow_run) + on_power AS nats
  FROM hypothesis h JOIN meter USING (model)
),
claim AS (
  SELECT *
  FROM likelihood WHERE claimed
  QUALIFY row_number() OVER (PARTITION BY unit ORDER BY nats DESC, gpu_model) = 1
)
SELECT unit, o.gpu_model || coalesce(' ' || o.slice_profile, '') AS other, o.nats - c.nats AS ratio,
  -- Memory speed, arithmetic, lanes over clock (no throttle moves it), power.
  CAST(o.on_bandwidth - c.on_bandwidth >= 2 AS INTEGER) + CAST(o.on_compute - c.on_compute >= 2 AS INTEGER)
    + CAST(coalesce(c.z_sms * c.z_sms - o.z_sms * o.z_sms, 0) >= 2 * $lanes_nats AS INTEGER)
    + CAST(o.on_power - c.on_power >= 2 AS INTEGER) AS metrics
FROM likelihood o JOIN claim c USING (unit) WHERE NOT o.claimed
QUALIFY row_number() OVER (PARTITION BY unit ORDER BY ratio DESC, metrics DESC, other) = 1
