-- What a card draws and how warm it gets under which load: one row per card and class of utilization, with
-- the figures of the claimed model that physics depends on. Power in shares of the default limit. `heat` is
-- °C per limit: what the cooler would warm up by at full power (slope of temperature on power); NULL where
-- power moves too little to tell.
WITH classed AS (
  SELECT device_id, gpu_index, count(*) AS bins,
    (load > $idle_load)::INTEGER + (load > $light_load)::INTEGER + (load > $half_load)::INTEGER AS load_class,
    quantile_cont(load, 0.5) AS load, quantile_cont(power_w, 0.5) AS power_w
  FROM (
    SELECT device_id, gpu_index, CAST(power_sum_cw AS DOUBLE) / power_n / $hundredths AS power_w,
      CAST(util_sum_cp AS DOUBLE) / util_n / $ten_thousandths AS load
    FROM rollup.device_grid WHERE power_n > 0 AND util_n > 0
  )
  GROUP BY ALL HAVING count(*) >= $least_bins
)
SELECT l.device_id, l.gpu_index, l.load_class, l.bins, l.load, l.power_w / c.power_limit_w AS power_share,
  CASE WHEN b.bins >= $heat_bins AND b.power_sd_w >= $heat_spread * c.power_limit_w
      AND b.power_temp_corr >= $heat_corr
      THEN b.power_temp_corr * b.temp_sd_c / b.power_sd_w * c.power_limit_w END AS heat,
  c.gpu_model, c.account_id, c.architecture, CAST(c.power_limit_w AS DOUBLE) AS limit_w,
  CAST(c.memory_max_mib AS DOUBLE) AS memory_mib, CAST(c.sm_max AS DOUBLE) AS sms,
  CAST(c.bandwidth_max_gb_s AS DOUBLE) AS bandwidth, CAST(c.fp32_tflops AS DOUBLE) AS fp32, c.overclockable
FROM classed l
JOIN features.card_claim c ON c.device_id = l.device_id AND c.gpu_index = l.gpu_index AND c.latest
LEFT JOIN features.telemetry_bins b ON b.device_id = l.device_id AND b.gpu_index = l.gpu_index
WHERE NOT c.declared_slice AND c.vendor <> 'apple' AND c.power_limit_w > 0 AND l.power_w > 0
  AND c.memory_max_mib > 0 AND c.sm_max > 0 AND c.bandwidth_max_gb_s > 0 AND c.fp32_tflops > 0
