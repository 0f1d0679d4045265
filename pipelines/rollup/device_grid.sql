-- What one card of a machine reported in each 15 minutes: the series that shows how its load, power and
-- temperature hang together, and how the machine's clock runs. Of the differences between its clock and ours
-- the greatest is kept: the message that was least delayed. A clock that is ten years off says nothing.
SELECT device_id, gpu_index, bin, day_of(bin * 900000) AS day, count(*) AS messages, count(cp) AS util_n,
  CAST(coalesce(sum(cp), 0) AS BIGINT) AS util_sum_cp, count(cw) AS power_n,
  CAST(coalesce(sum(cw), 0) AS BIGINT) AS power_sum_cw, count(cc) AS temp_n,
  CAST(coalesce(sum(cc), 0) AS BIGINT) AS temp_sum_cc, max(ahead_ms) AS clock_ahead_ms
FROM (
  SELECT device_id, coalesce(gpu_index, 0) AS gpu_index, idiv(received_at, 900000) AS bin,
    CAST(CASE WHEN temperature_gpu_c BETWEEN -50 AND 200
        THEN round(temperature_gpu_c * 100) END AS INTEGER) AS cc,
    CAST(CASE WHEN power_draw_w BETWEEN 0 AND 2000 THEN round(power_draw_w * 100) END AS INTEGER) AS cw,
    CAST(CASE WHEN utilization_gpu_pct BETWEEN 0 AND 100
        THEN round(utilization_gpu_pct * 100) END AS INTEGER) AS cp,
    CASE WHEN sent_at BETWEEN received_at - 315360000000 AND received_at + 315360000000
        THEN sent_at - received_at END AS ahead_ms
  FROM loaded.heartbeats WHERE received_at >= $from_ms AND received_at < $to_ms AND received_at <= $snapshot
) AS message
GROUP BY device_id, gpu_index, bin
