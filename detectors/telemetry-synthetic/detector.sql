-- Sensors obey physics; a program that prints readings need not. Five contradictions, each over a day or more: power and
-- temperature that never move by one step; power that swings by more than any load could explain while the card says it
-- has none; temperature that ignores large swings of power averaged over quarter hours; degrees with fractions where the driver knows
-- whole ones; and temperature that has forgotten by the next quarter hour what it was, which no mass of metal does.
WITH card AS (
  SELECT t.*, c.gpu_model, c.vendor, c.declared_slice, c.power_limit_w,
    -- The spread of power cannot pass what utilization explains: of readings in 0..1 with mean m the variance is at most
    -- m(1 − m). Margins: 20 % over the default limit, copy and video engines that utilization does not count.
    1.2 * c.power_limit_w * sqrt(greatest(t.idle_util_mean_pct / 100 * (1 - t.idle_util_mean_pct / 100), 0))
      + 0.06 * c.power_limit_w + 8 AS spread_limit_w
  FROM features.telemetry_card t JOIN features.card_claim c ON c.device_id = t.device_id AND c.gpu_index = t.gpu_index AND c.latest
  WHERE c.vendor IS DISTINCT FROM 'apple'
), whole AS (
  -- What the sensor shows on trusted machines of the same maker, read by the same release of the agent.
  SELECT v.agent_version, c.vendor, count(DISTINCT a.account_id) AS owners
  FROM card c JOIN features.telemetry_anchor a ON a.device_id = c.device_id JOIN raw.devices v ON v.device_id = c.device_id
  WHERE c.temp_n >= 100 GROUP BY v.agent_version, c.vendor
  HAVING count(DISTINCT a.account_id) >= 5 AND quantile_disc(c.temp_whole_share, 0.2) >= 0.99
), contradiction AS (
  SELECT t.device_id, t.gpu_index, 'frozen' AS level, t.first_at, t.last_at,
    json_object('readings', t.power_n, 'power_w', t.power_min_w, 'temperature_c', t.temp_min_c, 'card', t.gpu_index)::VARCHAR AS facts
  FROM card t
  WHERE t.power_n >= 200 AND t.temp_n >= 200 AND t.last_at - t.first_at >= 86400000
    AND t.power_min_w = t.power_max_w AND t.temp_min_c = t.temp_max_c AND t.power_max_w > 0
  UNION ALL
  SELECT t.device_id, t.gpu_index, CASE WHEN t.idle_power_sd_w >= 1.5 * t.spread_limit_w THEN 'power-without-load' ELSE 'power-beyond-load' END,
    t.first_at, t.last_at,
    json_object('idle_readings', t.idle_power_n, 'power_spread_w', round(t.idle_power_sd_w, 1), 'explained_at_most_w', round(t.spread_limit_w, 1),
      'mean_power_w', round(t.idle_power_mean_w, 1), 'mean_utilization_pct', round(t.idle_util_mean_pct, 2), 'card', t.gpu_index)::VARCHAR
  FROM card t
  WHERE t.idle_power_n >= 200 AND t.idle_util_n * 10 >= t.idle_power_n * 9 AND NOT t.declared_slice
    AND t.idle_power_sd_w > t.spread_limit_w
  UNION ALL
  SELECT t.device_id, t.gpu_index, 'heat-without-power', t.first_at, t.last_at,
    json_object('quarter_hours', b.bins, 'power_spread_w', round(b.power_sd_w, 1), 'temperature_spread_c', round(b.temp_sd_c, 2),
      'correlation', round(b.power_temp_corr, 3), 'card', t.gpu_index)::VARCHAR
  FROM card t JOIN features.telemetry_bins b ON b.device_id = t.device_id AND b.gpu_index = t.gpu_index
  WHERE b.bins >= 96 AND b.power_sd_w >= 0.08 * t.power_limit_w AND b.temp_sd_c >= 1 AND b.power_temp_corr < 0.25
  UNION ALL
  SELECT t.device_id, t.gpu_index, 'fractional-degrees', t.first_at, t.last_at,
    json_object('readings', t.temp_n, 'whole_degrees_share', round(t.temp_whole_share, 3), 'trusted_owners', w.owners, 'card', t.gpu_index)::VARCHAR
  FROM card t JOIN raw.devices v ON v.device_id = t.device_id
  JOIN whole w ON w.agent_version IS NOT DISTINCT FROM v.agent_version AND w.vendor IS NOT DISTINCT FROM t.vendor
  WHERE t.temp_n >= 200 AND t.temp_whole_share <= 0.5
  UNION ALL
  -- A steady room flickers between two whole degrees without memory: a degree of spread is more than that.
  SELECT t.device_id, t.gpu_index, 'without-memory', t.first_at, t.last_at,
    json_object('neighbouring_quarter_hours', b.neighbours, 'correlation_with_quarter_hour_before', round(b.temp_memory, 3),
      'temperature_spread_c', round(b.temp_sd_c, 2), 'card', t.gpu_index)::VARCHAR
  FROM card t JOIN features.telemetry_bins b ON b.device_id = t.device_id AND b.gpu_index = t.gpu_index
  WHERE b.neighbours >= 96 AND b.temp_sd_c >= 1 AND b.temp_memory < 0.1
), worst AS (
  SELECT *, row_number() OVER (PARTITION BY device_id, gpu_index ORDER BY
    list_position(['heat-without-power', 'frozen', 'power-without-load', 'fractional-degrees', 'power-beyond-load', 'without-memory'], level)) AS k
  FROM contradiction
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT count(DISTINCT device_id) FROM card) AS tested, facts, first_at, last_at
FROM worst WHERE k = 1
