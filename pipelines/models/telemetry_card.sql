-- A card's telemetry over all days: one row per card with the moments that the laws of the hardware bind.
-- Watts, °C, percent and MiB as doubles from exact integer sums. `idle_*` are over messages that call
-- themselves idle.
SELECT device_id, gpu_index, CAST(sum(messages) AS BIGINT) AS messages, min(first_at) AS first_at,
  max(last_at) AS last_at, CAST(sum(temp_n) AS BIGINT) AS temp_n, min(temp_min_cc) / 100.0 AS temp_min_c,
  max(temp_max_cc) / 100.0 AS temp_max_c,
  CAST(sum(temp_whole) AS DOUBLE) / nullif(sum(temp_n), 0) AS temp_whole_share,
  CAST(sum(power_n) AS BIGINT) AS power_n, min(power_min_cw) / 100.0 AS power_min_w,
  max(power_max_cw) / 100.0 AS power_max_w, max(util_max_cp) / 100.0 AS util_max_pct,
  max(mem_max_mib) AS mem_max_mib, CAST(sum(idle_power_n) AS BIGINT) AS idle_power_n,
  CAST(sum(idle_power_sum_cw) AS DOUBLE) / nullif(sum(idle_power_n), 0) / 100 AS idle_power_mean_w,
  sqrt(greatest(CAST(sum(idle_power_sq) AS DOUBLE) / nullif(sum(idle_power_n), 0)
      - power(CAST(sum(idle_power_sum_cw) AS DOUBLE) / nullif(sum(idle_power_n), 0), 2),
    0))
    / 100 AS idle_power_sd_w,
  CAST(sum(idle_util_n) AS BIGINT) AS idle_util_n,
  CAST(sum(idle_util_sum_cp) AS DOUBLE) / nullif(sum(idle_util_n), 0) / 100 AS idle_util_mean_pct
FROM rollup.device_day GROUP BY device_id, gpu_index
