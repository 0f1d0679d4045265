-- No card repeats another's fortnight. When a card's power steps in the rhythm in which another card's stepped some hours or days before, its
-- readings are a recording. Null: independent cards, whose steps meet at any one shift by chance: a Poisson count whose mean is taken from
-- the pair's other shifts, after all pairs and all shifts. The later series is the copy: nobody can show today what a stranger's
-- card will draw tomorrow, so the card that was copied is never accused.
WITH copy AS (
  SELECT * FROM features.telemetry_copy
  WHERE lag_bins > 0 AND nats >= 5 AND matched >= 24 AND matched >= 2 * rival AND matched * 4 >= steps
), rhythm AS (
  -- A habit has few different pauses; a recording of real use has many.
  SELECT device_id, gpu_index, count(DISTINCT pause) AS pauses, count(*) AS steps, max(bin) - min(bin) + 1 AS bins
  FROM (SELECT device_id, gpu_index, bin, bin - lag(bin) OVER (PARTITION BY device_id, gpu_index ORDER BY bin) AS pause FROM features.telemetry_event)
  GROUP BY device_id, gpu_index
), judged AS (
  SELECT c.*, CASE WHEN c.device_id <> c.other_id THEN 'other-machine' WHEN c.matched * 10 >= c.steps * 6 THEN 'own-past' ELSE 'own-days' END AS level,
    row_number() OVER (PARTITION BY c.device_id ORDER BY c.device_id = c.other_id, c.matched * 10 >= c.steps * 6 DESC, c.nats DESC, c.gpu_index, c.other_id, c.other_index, c.lag_bins) AS k
  FROM copy c JOIN rhythm r ON r.device_id = c.device_id AND r.gpu_index = c.gpu_index
  WHERE c.device_id <> c.other_id
    -- A habit repeats too, but not most steps of it (four in ten at whole days, where loops are made), and not in twelve steps of eight different pauses each round.
    OR (c.matched * 10 >= c.steps * CASE WHEN c.lag_bins % 96 <= 2 OR c.lag_bins % 96 >= 94 THEN 4 ELSE 6 END AND r.pauses >= 8 AND r.steps * c.lag_bins >= 12 * r.bins)
), source AS (
  SELECT device_id, list(DISTINCT other_id ORDER BY other_id) FILTER (WHERE other_id <> device_id) AS sources FROM judged GROUP BY device_id
)
SELECT j.device_id AS subject_id, j.level, CAST(NULL AS VARCHAR) AS value, coalesce(s.sources, []::VARCHAR[])[1:50] AS related,
  (SELECT count(DISTINCT device_id) FROM features.telemetry_event) AS tested,
  json_object('shift_hours', j.lag_bins / 4.0, 'steps', j.steps, 'steps_repeated', j.matched, 'expected_by_chance', round(j.expected, 1),
    'most_at_another_shift', j.rival, 'surprise_nats', round(j.nats, 1), 'card', j.gpu_index)::VARCHAR AS facts,
  t.first_at, t.last_at
FROM judged j JOIN source s ON s.device_id = j.device_id
JOIN (SELECT device_id, min(bin) * 900000 AS first_at, (max(bin) + 1) * 900000 AS last_at FROM features.telemetry_event GROUP BY device_id) t
  ON t.device_id = j.device_id
WHERE j.k = 1
