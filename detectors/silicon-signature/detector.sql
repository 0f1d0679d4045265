-- No two chips of one model run quite alike, and each repeats itself: clock, arithmetic per clock and bandwidth of a card stand at
-- one place, run after run. Cards under different names that stand at one place, more of them than chips that differ put
-- there and with nothing around that place, are one card. Where the data do not show that silicon repeats, there is no row.
WITH crowd AS (
  SELECT s.device_id, s.related, s.place, s.cards, s.searched, s.chance, s.nats, s.p, s.odds, s.repeatability, c.class, c.runs, c.first_at, c.last_at,
    d.registered_at, d.account_id
  FROM own.silicon s
  JOIN own.silicon_card c ON c.device_id = s.device_id AND c.gpu_index = s.gpu_index
  JOIN raw.devices d ON d.device_id = s.device_id
  -- Three cards may meet by chance; a crowd is four, and four times what chance puts there.
  WHERE s.cards >= 4 AND s.cards >= 4 * s.chance
), beside AS (
  SELECT c.device_id, c.place,
    CASE WHEN bool_and(o.registered_at IS NOT NULL) THEN min(o.registered_at) END AS first_registered, count(*) FILTER (WHERE o.account_id = c.account_id) AS own
  FROM (SELECT device_id, place, account_id, unnest(related) AS other FROM crowd) c
  JOIN raw.devices o ON o.device_id = c.other
  GROUP BY c.device_id, c.place
), judged AS (
  SELECT c.*,
    CASE
      -- Somebody may have hired the card of an honest owner and sold it on: whoever was there first, alone of his account, is not accused.
      -- Nor is anybody where it is not known who was.
      WHEN coalesce(c.registered_at <= b.first_registered, TRUE) AND b.own = 0 THEN 'first-holder'
      WHEN c.nats >= 5 AND c.odds >= 4 AND c.p <= 0.002 THEN 'one-card'
      WHEN c.nats >= 2 AND c.odds >= 3 AND c.p <= 0.005 THEN 'likely-one-card'
    END AS level
  FROM crowd c JOIN beside b ON b.device_id = c.device_id AND b.place = c.place
), worst AS (
  SELECT *, row_number() OVER (PARTITION BY device_id ORDER BY list_position(['one-card', 'likely-one-card', 'first-holder'], level), nats DESC, odds DESC, runs, first_at) AS k
  FROM judged WHERE level IS NOT NULL
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, related,
  (SELECT count(DISTINCT device_id) FROM own.silicon_card) AS tested,
  json_object('model', class, 'runs', runs, 'cards_at_this_place', cards, 'expected_by_chance', chance, 'compared_with', searched,
    'found_among', place, 'nats_beyond_the_search', nats, 'p', p, 'own_log_odds', odds, 'repeatability', repeatability)::VARCHAR AS facts,
  first_at, last_at
FROM worst WHERE k = 1
