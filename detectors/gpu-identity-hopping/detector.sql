-- A card keeps its identifier for life. Cards are replaced when they break or are sold, so a machine whose whole set of cards is
-- replaced by cards never seen before, again and again, makes its identifiers up: public kits mint a new one at every start.
-- Null: whole sets are renewed every 180 days, several times as often as cards fail (9 % a year in a fleet under full load), as a
-- Poisson process; tested in the fullest week and the fullest 28 days, Bonferroni over those of the time watched. Guests of a cloud
-- land on another host's card when they stop and start: they are named apart, unless the bus moves too, or a free-running clock shows that
-- the host never changed. The other half is one real card that returns again and again to devices that take turns with it.
WITH edge AS (SELECT coalesce(max(last_at), 0) AS now FROM rollup.device_day),
renewal AS (
  SELECT r.*, d.hypervisor, count(*) OVER week AS in_week, count(*) OVER month AS in_month
  FROM own.card_renewal r JOIN raw.devices d ON d.device_id = r.device_id WHERE r.renewed
  WINDOW week AS (PARTITION BY r.device_id ORDER BY r.seen_at RANGE BETWEEN 604800000 PRECEDING AND CURRENT ROW),
    month AS (PARTITION BY r.device_id ORDER BY r.seen_at RANGE BETWEEN 2419200000 PRECEDING AND CURRENT ROW)
), watched AS (
  SELECT device_id, greatest((greatest(max(seen_at), max(e.now)) - min(seen_at)) / 86400000.0, 7) AS days
  FROM raw.gpus CROSS JOIN edge e WHERE seen_at IS NOT NULL GROUP BY device_id
), device AS (
  SELECT r.device_id, count(*) AS renewals, max(in_week) AS in_week, max(in_month) AS in_month, count(*) FILTER (WHERE at_start) AS at_starts,
    count(*) FILTER (WHERE other_bus) AS other_buses, count(*) FILTER (WHERE same_board) AS same_boards,
    bool_or(coalesce(lower(trim(hypervisor)), 'none') <> 'none') AS guest, min(seen_at) AS first_at, max(seen_at) AS last_at
  FROM renewal r GROUP BY r.device_id
), clock AS (
  -- Another host's clock would break the line: a quarter of a second is far beyond what delay scatters.
  SELECT device_id, bool_and(abs(drift_ppm) >= 0.1 AND spread_ms < 250) AS one_host FROM features.clock_line GROUP BY device_id
), surprise AS (
  SELECT d.*, w.days, coalesce(c.one_host, FALSE) AS one_host, greatest(
      in_week * ln(in_week / (7 / 180.0)) - in_week + 7 / 180.0 - ln(greatest(w.days / 7, 1)),
      in_month * ln(in_month / (28 / 180.0)) - in_month + 28 / 180.0 - ln(greatest(w.days / 28, 1))) AS nats
  FROM device d JOIN watched w ON w.device_id = d.device_id LEFT JOIN clock c ON c.device_id = d.device_id
), minted AS (
  SELECT *, CASE
      WHEN same_boards >= 2 THEN 'same-board'
      WHEN guest AND NOT one_host AND other_buses < 3 THEN 'guest'
      WHEN renewals >= 3 AND nats >= 7 THEN CASE WHEN 5 * at_starts >= 4 * renewals THEN 'every-start' ELSE 'hopping' END
      ELSE 'twice' END AS level
  FROM surprise WHERE renewals >= 2 AND nats >= 4.5
), turns AS (
  SELECT key, count(*) AS changes, count(*) FILTER (WHERE back) AS backs, max(overlap) AS overlap, min(left_at) AS first_at, max(taken_at) AS last_at
  FROM features.card_turn WHERE kind = 'card' GROUP BY key
), taker AS (
  SELECT DISTINCT key, device, account_id FROM (
    SELECT key, from_device AS device, from_account AS account_id FROM features.card_turn WHERE kind = 'card'
    UNION ALL SELECT key, to_device, to_account FROM features.card_turn WHERE kind = 'card')
), party AS (
  SELECT key, list(device ORDER BY device) AS devices, count(*) AS machines, count(DISTINCT account_id) AS accounts FROM taker GROUP BY key
), population AS (
  SELECT count(*) AS n FROM (
    SELECT g.device_id FROM raw.gpus g LEFT JOIN rollup.device_restart r ON r.device_id = g.device_id WHERE g.gpu_uuid IS NOT NULL
    GROUP BY g.device_id HAVING count(DISTINCT g.seen_at) > 1 OR count(DISTINCT r.started_at) > 1)
)
SELECT m.device_id AS subject_id, m.level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related, p.n AS tested,
  json_object('times_all_cards_were_replaced', m.renewals, 'in_one_week', m.in_week, 'at_a_start', m.at_starts, 'with_another_bus', m.other_buses,
    'on_the_same_board', m.same_boards, 'days_watched', round(m.days), 'clock_shows_one_host', m.one_host, 'surprise_nats', round(m.nats, 1))::VARCHAR AS facts,
  m.first_at, m.last_at
FROM minted m, population p
UNION ALL
SELECT t.device, CASE WHEN y.accounts = 1 THEN 'own-turns' ELSE 'in-turns' END, t.key,
  list_filter(y.devices, lambda id: id <> t.device)[1:50], p.n,
  json_object('changes_of_machine', c.changes, 'returns', c.backs, 'machines', y.machines, 'accounts', y.accounts, 'share_of_time_together', round(c.overlap, 3))::VARCHAR,
  c.first_at, c.last_at
-- Two devices of one owner are one computer with two systems.
FROM taker t JOIN turns c ON c.key = t.key JOIN party y ON y.key = t.key, population p
WHERE c.backs >= 3 AND c.overlap <= 0.1 AND (y.machines >= 3 OR y.accounts >= 2)
