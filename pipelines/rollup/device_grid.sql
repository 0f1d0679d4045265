-- What a machine reported in each 15 minutes, over all its cards: the series that lockstep, twins and contention are read
-- from. The least skew of a bin is the message with the least delay, which is the best view of the machine's clock.
SELECT
  device_id,
  bin,
  day_of(bin * 900000) AS day,
  count(*) AS messages,
  count(CASE WHEN status = 'idle' THEN 1 END) AS idle,
  count(CASE WHEN status = 'busy' THEN 1 END) AS busy,
  count(cp) AS util_n,
  CAST(coalesce(sum(cp), 0) AS BIGINT) AS util_sum_cp,
  count(cw) AS power_n,
  CAST(coalesce(sum(cw), 0) AS BIGINT) AS power_sum_cw,
  count(cc) AS temp_n,
  CAST(coalesce(sum(cc), 0) AS BIGINT) AS temp_sum_cc,
  count(mib) AS mem_n,
  CAST(coalesce(sum(mib), 0) AS BIGINT) AS mem_sum_mib,
  min(skew_ms) AS skew_min_ms,
  max(energy_mj) AS energy_max_mj
FROM (
  SELECT
    device_id,
    idiv(received_at, 900000) AS bin,
    status,
    CAST(CASE WHEN temperature_gpu_c BETWEEN -50 AND 200 THEN round(temperature_gpu_c * 100) END AS INTEGER) AS cc,
    CAST(CASE WHEN power_draw_w BETWEEN 0 AND 2000 THEN round(power_draw_w * 100) END AS INTEGER) AS cw,
    CAST(CASE WHEN utilization_gpu_pct BETWEEN 0 AND 100 THEN round(utilization_gpu_pct * 100) END AS INTEGER) AS cp,
    CAST(CASE WHEN memory_used_mib BETWEEN 0 AND 10000000 THEN memory_used_mib END AS INTEGER) AS mib,
    CASE WHEN abs(received_at - sent_at) <= 31536000000 THEN received_at - sent_at END AS skew_ms,
    CASE WHEN total_energy_mj >= 0 THEN total_energy_mj END AS energy_mj
  FROM loaded.heartbeats
  WHERE received_at >= $from_ms AND received_at < $to_ms AND received_at <= $snapshot
) AS message
GROUP BY device_id, bin
