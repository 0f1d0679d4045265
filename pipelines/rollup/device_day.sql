-- What one card of one machine reported on one UTC day, as exact integer statistics: the one wide pass over
-- all heartbeats. Readings are turned into whole hundredths row by row, so that sums do not depend on the
-- order of addition; what is NaN, infinite or beyond what any card can report is left out. `idle_*` are over
-- messages that call themselves idle. Bitmaps stand for the bins of the day.
WITH message AS (
  SELECT device_id, coalesce(gpu_index, 0) AS gpu_index, received_at, day_of(received_at) AS day,
    idiv(received_at, 900000) - day_of(received_at) * 96 AS bin, status,
    CAST(CASE WHEN temperature_gpu_c BETWEEN -50 AND 200
        THEN round(temperature_gpu_c * 100) END AS INTEGER) AS cc,
    CAST(CASE WHEN power_draw_w BETWEEN 0 AND 2000 THEN round(power_draw_w * 100) END AS INTEGER) AS cw,
    CAST(CASE WHEN utilization_gpu_pct BETWEEN 0 AND 100
        THEN round(utilization_gpu_pct * 100) END AS INTEGER) AS cp,
    CASE WHEN memory_used_mib BETWEEN 0 AND 10000000 THEN memory_used_mib END AS mib
  FROM loaded.heartbeats WHERE received_at >= $from_ms AND received_at < $to_ms AND received_at <= $snapshot
),
reading AS (
  SELECT *, CASE WHEN status = 'idle' THEN cw END AS idle_cw, CASE WHEN status = 'idle' THEN cp END AS idle_cp
  FROM message
)
SELECT device_id, gpu_index, day, count(*) AS messages,
  bits_set(bits_or(bit_at(bin))) + bits_set(bits_or(bit_at(bin - 48))) AS bins,
  bits_or(bit_at(bin)) AS bins_low, bits_or(bit_at(bin - 48)) AS bins_high, min(received_at) AS first_at,
  max(received_at) AS last_at, count(CASE WHEN status = 'idle' THEN 1 END) AS idle,
  count(CASE WHEN status = 'busy' THEN 1 END) AS busy, count(cc) AS temp_n,
  CAST(coalesce(sum(cc), 0) AS BIGINT) AS temp_sum_cc, coalesce(sum(CAST(cc AS BIGINT) * cc), 0) AS temp_sq,
  CAST(min(cc) AS BIGINT) AS temp_min_cc, CAST(max(cc) AS BIGINT) AS temp_max_cc,
  count(CASE WHEN cc % 100 = 0 THEN 1 END) AS temp_whole, count(cw) AS power_n,
  CAST(coalesce(sum(cw), 0) AS BIGINT) AS power_sum_cw, coalesce(sum(CAST(cw AS BIGINT) * cw), 0) AS power_sq,
  CAST(min(cw) AS BIGINT) AS power_min_cw, CAST(max(cw) AS BIGINT) AS power_max_cw, count(cp) AS util_n,
  CAST(coalesce(sum(cp), 0) AS BIGINT) AS util_sum_cp, CAST(max(cp) AS BIGINT) AS util_max_cp,
  count(mib) AS mem_n, min(mib) AS mem_min_mib, max(mib) AS mem_max_mib, count(idle_cw) AS idle_power_n,
  CAST(coalesce(sum(idle_cw), 0) AS BIGINT) AS idle_power_sum_cw,
  coalesce(sum(CAST(idle_cw AS BIGINT) * idle_cw), 0) AS idle_power_sq, count(idle_cp) AS idle_util_n,
  CAST(coalesce(sum(idle_cp), 0) AS BIGINT) AS idle_util_sum_cp
FROM reading GROUP BY device_id, gpu_index, day
