-- What one card of one machine reported on one UTC day in each state (1 idle, 2 busy, 3 paused, 0 any other word or none),
-- as exact integer statistics: the one wide pass over all heartbeats. Readings are turned into whole hundredths row by
-- row, so that sums do not depend on the order of addition; what is NaN, infinite or beyond what any card can report is
-- left out and counted as absurd. Bitmaps stand for exact distinct counts at the cost of one machine word each: bins of
-- the day, whole degrees, and power modulo 48 hundredths of a watt.
WITH message AS (
  SELECT
    device_id,
    coalesce(gpu_index, 0) AS gpu_index,
    received_at,
    day_of(received_at) AS day,
    idiv(received_at, 900000) - day_of(received_at) * 96 AS bin,
    CASE WHEN status = 'idle' THEN 1 WHEN status = 'busy' THEN 2 WHEN status = 'paused' THEN 3 ELSE 0 END AS state,
    throttle_reasons,
    power_draw_w * 100 AS raw_cw,
    CAST(CASE WHEN temperature_gpu_c BETWEEN -50 AND 200 THEN round(temperature_gpu_c * 100) END AS INTEGER) AS cc,
    CAST(CASE WHEN power_draw_w BETWEEN 0 AND 2000 THEN round(power_draw_w * 100) END AS INTEGER) AS cw,
    CAST(CASE WHEN utilization_gpu_pct BETWEEN 0 AND 100 THEN round(utilization_gpu_pct * 100) END AS INTEGER) AS cp,
    CAST(CASE WHEN memory_used_mib BETWEEN 0 AND 10000000 THEN memory_used_mib END AS BIGINT) AS mib,
    CASE WHEN abs(received_at - sent_at) <= 31536000000 THEN received_at - sent_at END AS skew_ms,
    CASE WHEN uptime_s BETWEEN 0 AND 315360000 THEN uptime_s END AS up_s,
    CASE WHEN total_energy_mj >= 0 THEN total_energy_mj END AS energy_mj,
    CAST(CASE WHEN clocks_sm_mhz BETWEEN 0 AND 10000 THEN round(clocks_sm_mhz) END AS INTEGER) AS mhz,
    -- Readings given; those kept are counted below, and the difference is absurd.
    CAST(temperature_gpu_c IS NOT NULL AS INTEGER) + CAST(power_draw_w IS NOT NULL AS INTEGER)
      + CAST(utilization_gpu_pct IS NOT NULL AS INTEGER) + CAST(memory_used_mib IS NOT NULL AS INTEGER)
      + CAST(sent_at IS NOT NULL AS INTEGER) + CAST(uptime_s IS NOT NULL AS INTEGER)
      + CAST(total_energy_mj IS NOT NULL AS INTEGER) + CAST(clocks_sm_mhz IS NOT NULL AS INTEGER) AS given
  FROM loaded.heartbeats
  WHERE received_at >= $from_ms AND received_at < $to_ms AND received_at <= $snapshot
)
SELECT
  device_id,
  gpu_index,
  day,
  state,
  count(*) AS messages,
  bits_or(bit_at(bin)) AS bins_low,
  bits_or(bit_at(bin - 48)) AS bins_high,
  min(received_at) AS first_at,
  max(received_at) AS last_at,
  count(cc) AS temp_n,
  CAST(coalesce(sum(cc), 0) AS BIGINT) AS temp_sum_cc,
  coalesce(sum(CAST(cc AS BIGINT) * cc), 0) AS temp_sq,
  CAST(min(cc) AS BIGINT) AS temp_min_cc,
  CAST(max(cc) AS BIGINT) AS temp_max_cc,
  count(CASE WHEN cc % 100 = 0 THEN 1 END) AS temp_whole,
  bits_or(bit_at(idiv(cc + 5000, 100) - 50)) AS temp_bits_low,
  bits_or(bit_at(idiv(cc + 5000, 100) - 98)) AS temp_bits_high,
  count(cw) AS power_n,
  CAST(coalesce(sum(cw), 0) AS BIGINT) AS power_sum_cw,
  coalesce(sum(CAST(cw AS BIGINT) * cw), 0) AS power_sq,
  CAST(min(cw) AS BIGINT) AS power_min_cw,
  CAST(max(cw) AS BIGINT) AS power_max_cw,
  count(CASE WHEN abs(raw_cw - cw) < 0.01 THEN 1 END) AS power_centi,
  bits_or(bit_at(cw % 48)) AS power_bits,
  count(cp) AS util_n,
  CAST(coalesce(sum(cp), 0) AS BIGINT) AS util_sum_cp,
  coalesce(sum(CAST(cp AS BIGINT) * cp), 0) AS util_sq,
  CAST(min(cp) AS BIGINT) AS util_min_cp,
  CAST(max(cp) AS BIGINT) AS util_max_cp,
  count(mib) AS mem_n,
  CAST(coalesce(sum(mib), 0) AS BIGINT) AS mem_sum_mib,
  coalesce(sum(mib * mib), 0) AS mem_sq,
  min(mib) AS mem_min_mib,
  max(mib) AS mem_max_mib,
  count(skew_ms) AS skew_n,
  CAST(coalesce(sum(skew_ms), 0) AS BIGINT) AS skew_sum_ms,
  min(skew_ms) AS skew_min_ms,
  max(skew_ms) AS skew_max_ms,
  count(up_s) AS uptime_n,
  min(up_s) AS uptime_min_s,
  max(up_s) AS uptime_max_s,
  count(energy_mj) AS energy_n,
  min(energy_mj) AS energy_min_mj,
  max(energy_mj) AS energy_max_mj,
  count(mhz) AS clock_n,
  CAST(coalesce(sum(mhz), 0) AS BIGINT) AS clock_sum_mhz,
  CAST(min(mhz) AS BIGINT) AS clock_min_mhz,
  CAST(max(mhz) AS BIGINT) AS clock_max_mhz,
  -- 0x…1 is "GPU idle", which nvidia-smi lists among the reasons and which throttles nothing.
  count(
    CASE WHEN lower(throttle_reasons)
      NOT IN ('', 'none', 'not active', 'n/a', '0', '0x0000000000000000', '0x0000000000000001') THEN 1 END
  ) AS throttled,
  CAST(
    sum(given) - count(cc) - count(cw) - count(cp) - count(mib) - count(skew_ms) - count(up_s) - count(energy_mj)
      - count(mhz) AS BIGINT
  ) AS absurd
FROM message
GROUP BY device_id, gpu_index, day, state
