-- No two chips of one model run quite alike, and each repeats itself: clock, arithmetic per clock and
-- bandwidth of a card stand at one place, run after run. Cards under different names at one place, more than
-- chance puts there, are one card.
WITH listed AS (SELECT s.device_id, s.gpu_index, s.place, unnest(s.related) AS other FROM own.silicon s),
apart AS (
  -- Two that ran at full speed in one moment are two cards, however alike.
  SELECT l.device_id, l.gpu_index, l.place, list(DISTINCT l.other ORDER BY l.other) AS others
  FROM listed l
  JOIN features.full_speed a ON a.device_id = l.device_id AND (a.only_card OR a.gpu_index = l.gpu_index)
  JOIN features.full_speed b
    ON b.device_id = l.other AND b.only_card AND b.hour = a.hour
      AND ran_together(a.started_at, a.finished_at, b.started_at, b.finished_at)
  GROUP BY l.device_id, l.gpu_index, l.place
),
left_over AS (
  SELECT s.* REPLACE (s.cards - coalesce(len(a.others), 0) AS cards,
      list_filter(s.related, lambda id: NOT list_contains(coalesce(a.others, []), id)) AS related)
  FROM own.silicon s LEFT JOIN apart a USING (device_id, gpu_index, place)
),
crowd AS (
  SELECT s.*, c.class, c.runs, c.first_at, c.last_at, d.registered_at, d.account_id
  FROM left_over s JOIN own.silicon_card c USING (device_id, gpu_index) JOIN raw.devices d USING (device_id)
  WHERE s.cards >= $crowd AND s.cards >= $crowd_times * s.chance
),
beside AS (
  SELECT c.device_id, c.place, count(*) FILTER (WHERE o.account_id = c.account_id) AS own,
    CASE WHEN bool_and(o.registered_at IS NOT NULL) THEN min(o.registered_at) END AS first_registered
  FROM (SELECT device_id, place, account_id, unnest(related) AS other FROM crowd) c
  JOIN raw.devices o ON o.device_id = c.other
  GROUP BY c.device_id, c.place
),
judged AS (
  -- Somebody may have hired an honest owner's card and sold it on: whoever was there first, alone of his
  -- account, is not accused, nor is anybody where it is not known who was.
  SELECT c.*, coalesce(c.registered_at <= b.first_registered, TRUE) AND b.own = 0 AS before
  FROM crowd c JOIN beside b USING (device_id, place)
)
SELECT device_id AS subject_id, level, related,
  (SELECT count(DISTINCT device_id) FROM own.silicon_card) AS tested,
  json_object('model', class, 'runs', runs, 'cards_at_this_place', cards, 'expected_by_chance', chance,
    'compared_with', searched, 'found_among', place, 'nats_beyond_the_search', nats, 'p', p,
    'own_log_odds', odds, 'repeatability', repeatability)::VARCHAR AS facts,
  first_at, last_at
FROM judged CROSS JOIN (VALUES ('first-holder'), ('one-card'), ('likely-one-card')) l(level)
WHERE before = (level = 'first-holder')
  AND CASE level WHEN 'first-holder' THEN TRUE
    WHEN 'one-card' THEN nats >= $nats AND odds >= $odds AND p <= $p
    ELSE nats >= $likely_nats AND odds >= $likely_odds AND p <= $likely_p END
QUALIFY row_number() OVER (PARTITION BY device_id, level ORDER BY nats DESC, odds DESC, runs, first_at) = 1
