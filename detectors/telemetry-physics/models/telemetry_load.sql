-- What a card draws and how warm it gets under which load: one row per card and class of utilization (0: to 2 %, 1: to 20, 2: to 60, 3:
-- above) with four quarter hours or more, and the figures of the claimed model that physics depends on. Power in shares of the default
-- limit. `heat` is °C per limit: what the cooler would warm up by at full power, from the regression of temperature on power; NULL where power
-- moves too little to tell.
WITH quarter AS (
  SELECT device_id, gpu_index, CAST(power_sum_cw AS DOUBLE) / power_n / 100 AS power_w, CAST(util_sum_cp AS DOUBLE) / util_n / 10000 AS load
  FROM rollup.device_grid WHERE power_n > 0 AND util_n > 0
), classed AS (
  SELECT device_id, gpu_index, CASE WHEN load <= 0.02 THEN 0 WHEN load <= 0.2 THEN 1 WHEN load <= 0.6 THEN 2 ELSE 3 END AS load_class,
    count(*) AS bins, quantile_cont(load, 0.5) AS load, quantile_cont(power_w, 0.5) AS power_w
  FROM quarter GROUP BY ALL HAVING count(*) >= 4
)
SELECT l.device_id, l.gpu_index, CAST(l.load_class AS INTEGER) AS load_class, l.bins, l.load, l.power_w / c.power_limit_w AS power_share,
  CASE WHEN b.bins >= 96 AND b.power_sd_w >= 0.03 * c.power_limit_w AND b.power_temp_corr >= 0.4
    THEN b.power_temp_corr * b.temp_sd_c / b.power_sd_w * c.power_limit_w END AS heat,
  c.gpu_model, c.account_id, c.architecture, CAST(c.power_limit_w AS DOUBLE) AS limit_w, CAST(c.memory_max_mib AS DOUBLE) AS memory_mib,
  CAST(c.sm_max AS DOUBLE) AS sms, CAST(c.bandwidth_max_gb_s AS DOUBLE) AS bandwidth, CAST(c.fp32_tflops AS DOUBLE) AS fp32, c.overclockable
FROM classed l JOIN features.card_claim c ON c.device_id = l.device_id AND c.gpu_index = l.gpu_index AND c.latest
LEFT JOIN features.telemetry_bins b ON b.device_id = l.device_id AND b.gpu_index = l.gpu_index
WHERE NOT c.declared_slice AND c.vendor <> 'apple' AND c.power_limit_w > 0 AND l.power_w > 0
  AND c.memory_max_mib > 0 AND c.sm_max > 0 AND c.bandwidth_max_gb_s > 0 AND c.fp32_tflops > 0
