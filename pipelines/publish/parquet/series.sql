-- Day by day, what the devices of every flagged subject reported and how they answered.
WITH flagged AS (
  SELECT device_id FROM verdict.device WHERE verdict <> 'clear'
  UNION
  SELECT device_id
  FROM verdict.device WHERE account_id IN (SELECT account_id FROM verdict.account WHERE verdict <> 'clear')
),
probe AS (SELECT device_id, day, pings, answered FROM rollup.ping_day)
SELECT beat.device_id, beat.gpu_index, beat.day, beat.messages, beat.bins, beat.busy,
  CASE WHEN beat.temp_n > 0 THEN beat.temp_sum_cc / (100.0 * beat.temp_n) END AS temperature_c,
  CASE WHEN beat.power_n > 0 THEN beat.power_sum_cw / (100.0 * beat.power_n) END AS power_w,
  CASE WHEN beat.util_n > 0 THEN beat.util_sum_cp / (100.0 * beat.util_n) END AS utilization_pct, probe.pings,
  probe.answered
FROM rollup.device_day AS beat
JOIN flagged USING (device_id)
LEFT JOIN probe ON probe.device_id = beat.device_id AND probe.day = beat.day
ORDER BY beat.device_id, beat.gpu_index, beat.day
