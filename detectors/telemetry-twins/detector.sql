-- Two cards have two loads. When the power of two machines steps up and down in the same quarter hours, again and again, outside
-- of all work that the network gave to both, one card may stand behind both names. Null: cards that step independently of each
-- other; steps meet as often as at other shifts of the two series, a Poisson count, over all pairs that could have been compared. What
-- comes round every day or hour is left out by asking that no shift by whole hours shows half as much. Who sees a stranger's telemetry
-- can mirror it, so the machine that was registered first is not judged by what later ones show; only what a machine says against
-- itself, power without work, counts for the first one too.
WITH pair AS (
  SELECT * FROM features.telemetry_copy
  WHERE lag_bins = 0 AND nats >= 5 AND matched >= 24 AND matched >= 2 * rival AND matched * 10 >= steps * 3
), both_ways AS (
  SELECT device_id, gpu_index, other_id, other_index, steps, matched, expected, nats, given_together, hidden_matched, hidden_nats FROM pair
  UNION ALL
  SELECT other_id, other_index, device_id, gpu_index, steps, matched, expected, nats, given_together, other_hidden_matched, other_hidden_nats FROM pair
), level AS (
  -- One sensor has one level: cards differ in idle power by a tenth and in temperature by several degrees, but a rack of one batch less. So
  -- six steps in ten must meet too.
  SELECT p.device_id, p.gpu_index, p.other_id, p.other_index,
    quantile_cont(ln((a.power_sum_cw + 1.0) / a.power_n) - ln((b.power_sum_cw + 1.0) / b.power_n), 0.5) AS power_gap,
    quantile_cont(a.temp_sum_cc / (100.0 * a.temp_n) - b.temp_sum_cc / (100.0 * b.temp_n), 0.5) AS temp_gap_c
  FROM both_ways p
  JOIN rollup.device_grid a ON a.device_id = p.device_id AND a.gpu_index = p.gpu_index
  JOIN rollup.device_grid b ON b.device_id = p.other_id AND b.gpu_index = p.other_index AND b.bin = a.bin
  WHERE a.power_n > 0 AND b.power_n > 0 AND a.temp_n > 0 AND b.temp_n > 0
  GROUP BY p.device_id, p.gpu_index, p.other_id, p.other_index
), device AS (
  SELECT p.device_id, list(DISTINCT p.other_id ORDER BY p.other_id) AS partners, max(p.matched) AS matched, max(p.steps) AS steps,
    max(p.nats) AS nats, max(p.expected) AS expected, max(p.given_together) AS given_together,
    max(p.hidden_matched) FILTER (WHERE p.hidden_nats >= 12) AS hidden_matched,
    bool_or(o.registered_at < d.registered_at OR (o.registered_at = d.registered_at AND p.other_id < p.device_id)) AS later,
    quantile_cont(abs(l.power_gap), 0.5) AS power_gap, quantile_cont(abs(l.temp_gap_c), 0.5) AS temp_gap_c
  FROM both_ways p JOIN raw.devices d ON d.device_id = p.device_id JOIN raw.devices o ON o.device_id = p.other_id
  LEFT JOIN level l
    ON l.device_id = p.device_id AND l.gpu_index = p.gpu_index AND l.other_id = p.other_id AND l.other_index = p.other_index
  GROUP BY p.device_id
), judged AS (
  SELECT *, CASE
      WHEN hidden_matched >= 8 THEN 'hidden-load'
      WHEN power_gap <= 0.025 AND temp_gap_c <= 2.5 AND matched * 10 >= steps * 6 THEN 'one-card'
      ELSE 'same-load' END AS level
  FROM device
  -- Without a table of hires two machines of one customer's job would look the same; a load that one of them hides would not.
  WHERE hidden_matched >= 8 OR (later AND EXISTS (SELECT 1 FROM raw.rentals))
)
SELECT j.device_id AS subject_id, j.level, CAST(NULL AS VARCHAR) AS value, j.partners[1:50] AS related,
  (SELECT count(DISTINCT device_id) FROM features.telemetry_event) AS tested,
  json_object('machines_alike', len(j.partners), 'steps', j.steps, 'steps_together', j.matched, 'expected_by_chance', round(j.expected, 1),
    'surprise_nats', round(j.nats, 1), 'in_work_given_to_both', j.given_together, 'while_idle_by_own_account', coalesce(j.hidden_matched, 0),
    'power_differs_pct', round(100 * j.power_gap, 1), 'temperature_differs_c', round(j.temp_gap_c, 1))::VARCHAR AS facts,
  t.first_at, t.last_at
FROM judged j JOIN (SELECT device_id, min(bin) * 900000 AS first_at, (max(bin) + 1) * 900000 AS last_at FROM features.telemetry_event GROUP BY device_id) t
  ON t.device_id = j.device_id
