-- A card's telemetry over all days: one row per card with the moments that the laws of the hardware bind. Watts, °C, percent
-- and MiB as doubles from exact integer sums. `idle_*` are over messages that call themselves idle.
WITH total AS (
  SELECT device_id, gpu_index, count(*) AS days, sum(messages) AS messages, min(first_at) AS first_at, max(last_at) AS last_at,
    sum(temp_n) AS temp_n, min(temp_min_cc) AS temp_min_cc, max(temp_max_cc) AS temp_max_cc, sum(temp_whole) AS temp_whole,
    sum(temp_sum_cc) AS temp_sum_cc, sum(temp_sq) AS temp_sq,
    sum(power_n) AS power_n, min(power_min_cw) AS power_min_cw, max(power_max_cw) AS power_max_cw,
    sum(power_sum_cw) AS power_sum_cw, sum(power_sq) AS power_sq,
    sum(util_n) AS util_n, sum(util_sum_cp) AS util_sum_cp, max(util_max_cp) AS util_max_cp,
    sum(mem_n) AS mem_n, min(mem_min_mib) AS mem_min_mib, max(mem_max_mib) AS mem_max_mib,
    sum(busy) AS busy, sum(idle) AS idle,
    sum(idle_power_n) AS idle_power_n, sum(idle_power_sum_cw) AS idle_power_sum_cw, sum(idle_power_sq) AS idle_power_sq,
    sum(idle_util_n) AS idle_util_n, sum(idle_util_sum_cp) AS idle_util_sum_cp
  FROM rollup.device_day GROUP BY device_id, gpu_index
)
SELECT device_id, gpu_index, days, CAST(messages AS BIGINT) AS messages, first_at, last_at,
  CAST(temp_n AS BIGINT) AS temp_n, temp_min_cc / 100.0 AS temp_min_c, temp_max_cc / 100.0 AS temp_max_c,
  CAST(temp_whole AS DOUBLE) / nullif(temp_n, 0) AS temp_whole_share,
  CAST(power_n AS BIGINT) AS power_n, power_min_cw / 100.0 AS power_min_w, power_max_cw / 100.0 AS power_max_w,
  CAST(power_sum_cw AS DOUBLE) / nullif(power_n, 0) / 100 AS power_mean_w,
  CAST(util_n AS BIGINT) AS util_n, CAST(util_sum_cp AS DOUBLE) / nullif(util_n, 0) / 100 AS util_mean_pct, util_max_cp / 100.0 AS util_max_pct,
  CAST(mem_n AS BIGINT) AS mem_n, mem_min_mib, mem_max_mib,
  CAST(busy AS BIGINT) AS busy, CAST(idle AS BIGINT) AS idle,
  CAST(idle_power_n AS BIGINT) AS idle_power_n, CAST(idle_power_sum_cw AS DOUBLE) / nullif(idle_power_n, 0) / 100 AS idle_power_mean_w,
  sqrt(greatest(CAST(idle_power_sq AS DOUBLE) / nullif(idle_power_n, 0)
    - power(CAST(idle_power_sum_cw AS DOUBLE) / nullif(idle_power_n, 0), 2), 0)) / 100 AS idle_power_sd_w,
  CAST(idle_util_n AS BIGINT) AS idle_util_n, CAST(idle_util_sum_cp AS DOUBLE) / nullif(idle_util_n, 0) / 100 AS idle_util_mean_pct
FROM total
