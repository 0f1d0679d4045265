-- Two cards have two loads. When the power of two machines steps up and down in the same quarter hours, again
-- and again, outside of all work that the network gave to both, one card may stand behind both names.
WITH pair AS (
  SELECT *
  FROM features.telemetry_copy
  WHERE lag_bins = 0 AND nats >= $least_nats AND matched >= $least_matched AND matched >= 2 * rival
    AND matched >= steps * $met_share
),
apart AS (
  SELECT DISTINCT p.device_id, p.gpu_index, p.other_id, p.other_index
  FROM pair p
  JOIN features.full_speed a ON a.device_id = p.device_id AND (a.only_card OR a.gpu_index = p.gpu_index)
  JOIN features.full_speed b
    ON b.device_id = p.other_id AND (b.only_card OR b.gpu_index = p.other_index) AND b.hour = a.hour
      AND ran_together(a.started_at, a.finished_at, b.started_at, b.finished_at)
),
two AS (FROM pair ANTI JOIN apart USING (device_id, gpu_index, other_id, other_index)),
both_ways AS (
  SELECT device_id, gpu_index, other_id, other_index, steps, matched, expected, nats, given_together,
    hidden_matched, hidden_nats
  FROM two
  UNION ALL
  SELECT other_id, other_index, device_id, gpu_index, steps, matched, expected, nats, given_together,
    other_hidden_matched, other_hidden_nats
  FROM two
),
sensor AS (
  SELECT device_id, gpu_index, bin, ln((power_sum_cw + 1.0) / power_n) AS power,
    temp_sum_cc / ($percent * temp_n) AS temp_c
  FROM rollup.device_grid WHERE power_n > 0 AND temp_n > 0
),
gap AS (
  SELECT p.device_id, p.gpu_index, p.other_id, p.other_index, quantile_cont(a.power - b.power, 0.5) AS power,
    quantile_cont(a.temp_c - b.temp_c, 0.5) AS temp_c
  FROM both_ways p
  JOIN sensor a USING (device_id, gpu_index)
  JOIN sensor b ON b.device_id = p.other_id AND b.gpu_index = p.other_index AND b.bin = a.bin
  GROUP BY p.device_id, p.gpu_index, p.other_id, p.other_index
),
device AS (
  SELECT p.device_id, list(DISTINCT p.other_id ORDER BY p.other_id) AS partners, max(p.matched) AS matched,
    max(p.steps) AS steps, max(p.nats) AS nats, max(p.expected) AS expected,
    max(p.given_together) AS given_together,
    max(p.hidden_matched) FILTER (WHERE p.hidden_nats >= $hidden_nats) AS hidden_matched,
    bool_or(o.registered_at < d.registered_at
      OR (o.registered_at = d.registered_at AND p.other_id < p.device_id)) AS later,
    quantile_cont(abs(g.power), 0.5) AS power_gap, quantile_cont(abs(g.temp_c), 0.5) AS temp_gap_c
  FROM both_ways p
  JOIN raw.devices d USING (device_id)
  JOIN raw.devices o ON o.device_id = p.other_id
  LEFT JOIN gap g USING (device_id, gpu_index, other_id, other_index)
  GROUP BY p.device_id
),
watched AS (
  SELECT device_id, min(first_at) AS first_at, max(last_at) AS last_at
  FROM features.telemetry_rhythm GROUP BY device_id
)
SELECT d.device_id AS subject_id, level, d.partners[1:50] AS related,
  (SELECT count(*) FROM watched) AS tested,
  json_object('machines_alike', len(d.partners), 'steps', d.steps, 'steps_together', d.matched,
    'expected_by_chance', round(d.expected, 1), 'surprise_nats', round(d.nats, 1),
    'in_work_given_to_both', d.given_together, 'while_idle_by_own_account', coalesce(d.hidden_matched, 0),
    'power_differs_pct', round($percent * d.power_gap, 1),
    'temperature_differs_c', round(d.temp_gap_c, 1))::VARCHAR AS facts,
  w.first_at, w.last_at
FROM device d
JOIN watched w USING (device_id)
CROSS JOIN (VALUES ('hidden-load'), ('one-card'), ('same-load')) l(level)
-- Without a table of hires two machines of one customer's job would look the same; a load that one of them
-- hides would not.
WHERE CASE level WHEN 'hidden-load' THEN hidden_matched >= $least_hidden
  ELSE later AND EXISTS (SELECT 1 FROM raw.rentals)
    AND (level = 'same-load'
      OR (power_gap <= $power_gap AND temp_gap_c <= $temp_gap_c AND matched >= steps * $card_share)) END
