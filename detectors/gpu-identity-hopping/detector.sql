-- A card keeps its identifier for life. A machine whose whole set of cards is replaced by cards never seen
-- before, again and again, makes its identifiers up; a card that returns again and again to devices in turn
-- stands behind all of them.
WITH watched AS (
  SELECT device_id,
    greatest((greatest(max(seen_at), (SELECT coalesce(max(last_at), 0) FROM rollup.device_day))
        - min(seen_at))
        / day_ms(),
      $week_days) AS days
  FROM raw.gpus WHERE seen_at IS NOT NULL GROUP BY device_id
),
renewal AS (
  SELECT r.*, count(*) OVER week AS in_week, count(*) OVER month AS in_month
  FROM own.card_renewal r WHERE r.renewed
  WINDOW week AS (PARTITION BY r.device_id ORDER BY r.seen_at
      RANGE BETWEEN $week_days * day_ms() PRECEDING AND CURRENT ROW),
    month AS (PARTITION BY r.device_id ORDER BY r.seen_at
      RANGE BETWEEN $month_days * day_ms() PRECEDING AND CURRENT ROW)
),
device AS (
  SELECT device_id, count(*) AS renewals, max(in_week) AS in_week, max(in_month) AS in_month,
    count(*) FILTER (WHERE at_start) AS at_starts, count(*) FILTER (WHERE other_bus) AS other_buses,
    count(*) FILTER (WHERE same_board) AS same_boards, min(seen_at) AS first_at, max(seen_at) AS last_at
  FROM renewal GROUP BY device_id
),
clock AS (
  -- Another host's clock would break the line.
  SELECT device_id, bool_and(abs(drift_ppm) >= $free_drift_ppm AND spread_ms < $one_clock_ms) AS one_host
  FROM features.clock_line GROUP BY device_id
),
surprise AS (
  SELECT d.*, w.days, coalesce(c.one_host, FALSE) AS one_host,
    coalesce(lower(trim(v.hypervisor)), 'none') <> 'none' AND NOT coalesce(c.one_host, FALSE)
      AND other_buses < $moved_buses AS guest,
    greatest(poisson_nats(in_week, $week_days / $life_days) - ln(greatest(w.days / $week_days, 1)),
      poisson_nats(in_month, $month_days / $life_days) - ln(greatest(w.days / $month_days, 1))) AS nats
  FROM device d
  JOIN raw.devices v USING (device_id)
  JOIN watched w USING (device_id)
  LEFT JOIN clock c USING (device_id)
),
minted AS (
  SELECT s.*, l.level
  FROM surprise s
  CROSS JOIN (VALUES ('same-board'), ('guest'), ('every-start'), ('hopping'), ('twice')) l(level)
  WHERE renewals >= 2 AND nats >= $twice_nats
    AND CASE level WHEN 'same-board' THEN same_boards >= 2
      WHEN 'guest' THEN guest
      WHEN 'twice' THEN NOT guest
      ELSE NOT guest AND renewals >= $hops AND nats >= $hopping_nats
        AND (level = 'hopping' OR at_starts >= $start_share * renewals) END
),
turns AS (
  -- Every change has two devices.
  SELECT key, list(DISTINCT device ORDER BY device) AS devices, count(DISTINCT account_id) AS accounts,
    count(*) // 2 AS changes, count(*) FILTER (WHERE back) // 2 AS backs, max(overlap) AS overlap,
    min(left_at) AS first_at, max(taken_at) AS last_at
  FROM (
    SELECT key, back, overlap, left_at, taken_at, unnest([from_device, to_device]) AS device,
      unnest([from_account, to_account]) AS account_id
    FROM features.card_turn WHERE kind = 'card'
  )
  GROUP BY key HAVING backs >= $returns AND max(overlap) <= $together_share
),
population AS (
  SELECT count(*) AS n
  FROM (
    SELECT g.device_id
    FROM raw.gpus g LEFT JOIN rollup.device_restart r USING (device_id) WHERE g.gpu_uuid IS NOT NULL
    GROUP BY g.device_id HAVING count(DISTINCT g.seen_at) > 1 OR count(DISTINCT r.started_at) > 1
  )
)
SELECT m.device_id AS subject_id, m.level, NULL AS value, []::VARCHAR[] AS related, p.n AS tested,
  json_object('times_all_cards_were_replaced', m.renewals, 'in_one_week', m.in_week,
    'at_a_start', m.at_starts, 'with_another_bus', m.other_buses, 'on_the_same_board', m.same_boards,
    'days_watched', round(m.days), 'clock_shows_one_host', m.one_host,
    'surprise_nats', round(m.nats, 1))::VARCHAR AS facts,
  m.first_at, m.last_at
FROM minted m, population p
UNION ALL
SELECT device, CASE WHEN accounts = 1 THEN 'own-turns' ELSE 'in-turns' END, key, others(devices, device), p.n,
  json_object('changes_of_machine', changes, 'returns', backs, 'machines', len(devices), 'accounts', accounts,
    'share_of_time_together', round(overlap, 3))::VARCHAR,
  first_at, last_at
-- Two devices of one owner are one computer with two systems.
FROM (SELECT *, unnest(devices) AS device FROM turns WHERE len(devices) >= $systems OR accounts >= 2),
  population p
