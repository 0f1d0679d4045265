-- Sensors obey physics; a program that prints readings need not. Each level is one contradiction over a day
-- or more.
WITH card AS (
  -- Readings in 0..1 with mean m have a variance of at most m(1 − m), and power cannot spread beyond what
  -- utilization explains.
  SELECT t.*, b.* EXCLUDE (device_id, gpu_index), c.vendor, c.declared_slice, c.power_limit_w,
    v.agent_version, a.account_id AS trusted,
    $over_limit * c.power_limit_w
      * sqrt(greatest(t.idle_util_mean_pct / $percent * (1 - t.idle_util_mean_pct / $percent), 0))
      + $engine_share * c.power_limit_w + $engine_w AS spread_limit_w
  FROM features.telemetry_card t
  JOIN raw.devices v ON v.device_id = t.device_id
  JOIN features.card_claim c ON c.device_id = t.device_id AND c.gpu_index = t.gpu_index AND c.latest
  LEFT JOIN features.telemetry_bins b ON b.device_id = t.device_id AND b.gpu_index = t.gpu_index
  LEFT JOIN features.telemetry_anchor a ON a.device_id = t.device_id
  WHERE c.vendor IS DISTINCT FROM 'apple'
),
whole AS (
  -- What the sensor shows on trusted machines of the same maker, read by the same release of the agent.
  SELECT agent_version, vendor, count(DISTINCT trusted) AS owners
  FROM card WHERE trusted IS NOT NULL AND temp_n >= $trusted_readings
  GROUP BY agent_version, vendor
  HAVING count(DISTINCT trusted) >= $trusted_owners
    AND quantile_disc(temp_whole_share, $exceptions) >= $whole_share
),
contradiction AS (
  SELECT device_id, gpu_index, first_at, last_at, 'frozen' AS level,
    json_object('readings', power_n, 'power_w', power_min_w, 'temperature_c', temp_min_c,
      'card', gpu_index) AS facts
  FROM card
  WHERE power_n >= $least_readings AND temp_n >= $least_readings AND last_at - first_at >= day_ms()
    AND power_min_w = power_max_w AND temp_min_c = temp_max_c AND power_max_w > 0
  UNION ALL
  SELECT device_id, gpu_index, first_at, last_at, level,
    json_object('idle_readings', idle_power_n, 'power_spread_w', round(idle_power_sd_w, 1),
      'explained_at_most_w', round(spread_limit_w, 1), 'mean_power_w', round(idle_power_mean_w, 1),
      'mean_utilization_pct', round(idle_util_mean_pct, 2), 'card', gpu_index)
  FROM card CROSS JOIN (VALUES ('power-beyond-load', 1), ('power-without-load', $far_beyond)) l(level, times)
  WHERE idle_power_n >= $least_readings AND idle_util_n >= idle_power_n * $told_share AND NOT declared_slice
    AND idle_power_sd_w > spread_limit_w AND idle_power_sd_w >= times * spread_limit_w
  UNION ALL
  SELECT device_id, gpu_index, first_at, last_at, 'heat-without-power',
    json_object('quarter_hours', bins, 'power_spread_w', round(power_sd_w, 1),
      'temperature_spread_c', round(temp_sd_c, 2), 'correlation', round(power_temp_corr, 3),
      'card', gpu_index)
  FROM card
  WHERE bins >= $day_bins AND power_sd_w >= $swing_share * power_limit_w AND temp_sd_c >= 1
    AND power_temp_corr < $heat_corr
  UNION ALL
  SELECT device_id, gpu_index, first_at, last_at, 'fractional-degrees',
    json_object('readings', temp_n, 'whole_degrees_share', round(temp_whole_share, 3),
      'trusted_owners', w.owners, 'card', gpu_index)
  FROM card c
  JOIN whole w
    ON w.agent_version IS NOT DISTINCT FROM c.agent_version AND w.vendor IS NOT DISTINCT FROM c.vendor
  WHERE temp_n >= $least_readings AND temp_whole_share <= 0.5
  UNION ALL
  -- A steady room flickers between two whole degrees without memory: a degree of spread is more than that.
  SELECT device_id, gpu_index, first_at, last_at, 'without-memory',
    json_object('neighbouring_quarter_hours', neighbours,
      'correlation_with_quarter_hour_before', round(temp_memory, 3),
      'temperature_spread_c', round(temp_sd_c, 2), 'card', gpu_index)
  FROM card WHERE neighbours >= $day_bins AND temp_sd_c >= 1 AND temp_memory < $least_memory
)
SELECT device_id AS subject_id, level, (SELECT count(DISTINCT device_id) FROM card) AS tested,
  facts::VARCHAR AS facts, first_at, last_at
FROM contradiction
