-- What each card claims to be: one row per device, index and span of time under one claim, with what
-- `device_claim` says of a whole machine. A card is what its inventory names, as long as half of the
-- machine's inventories also show the listed model, and one of them both at once; otherwise what is listed. A
-- place that is named twice in one inventory, once as listed, is what is listed.
WITH spelling AS (
  SELECT name, gpu_spelling(name) AS spelled FROM raw.gpus WHERE name IS NOT NULL GROUP BY name
),
named AS (
  -- A name of several models is listed as any of them.
  SELECT g.device_id, g.gpu_index, coalesce(g.seen_at, l.registered_at, 0) AS seen, k.spelled,
    l.gpu_model IS NULL AS unlisted, coalesce(list_has_any(k.members, l.members), FALSE) AS listed,
    -- Whoever sells an instance under the name of its board is judged by the listing.
    NOT l.declared_slice AND NOT coalesce(list_has_any(k.members, l.members), FALSE) AS other,
    trim(g.name) AS name,
    k.slice_profile IS NOT NULL
      OR g.mig_profile IS NOT NULL
      OR starts_with(coalesce(g.gpu_uuid, ''), 'MIG-') AS slice
  FROM raw.gpus g
  JOIN features.device_claim l USING (device_id)
  JOIN spelling s USING (name)
  JOIN features.gpu_class k USING (spelled)
),
judged AS (
  -- A machine that does not show what it is listed as says nothing for itself by naming a lesser card.
  SELECT *,
    bool_and(unlisted) OVER machine
      OR 2 * count(DISTINCT seen) FILTER (WHERE listed) OVER machine
        >= count(DISTINCT seen) OVER machine AS backed,
    unlisted
      OR count(*) FILTER (WHERE listed) OVER inventory > count(*) FILTER (WHERE listed) OVER slot AS beside
  FROM named
  WINDOW machine AS (PARTITION BY device_id), inventory AS (PARTITION BY device_id, seen),
    slot AS (PARTITION BY device_id, seen, gpu_index)
),
told AS (
  SELECT device_id, gpu_index, seen, bool_or(slice) AS slice,
    CASE WHEN NOT bool_or(listed) THEN min(spelled) FILTER (WHERE itself) END AS own,
    CASE WHEN NOT bool_or(listed) THEN min(name) FILTER (WHERE itself) END AS name
  FROM (
    SELECT *, other AND backed AND bool_or(beside) OVER (PARTITION BY device_id, spelled) AS itself
    FROM judged
  )
  GROUP BY device_id, gpu_index, seen
),
change AS (
  SELECT *
  FROM told
  WINDOW card AS (PARTITION BY device_id, gpu_index ORDER BY seen)
  QUALIFY own IS DISTINCT FROM lag(own) OVER card OR row_number() OVER card = 1
),
span AS (
  SELECT *, CASE WHEN row_number() OVER card > 1 THEN seen END AS since, lead(seen) OVER card AS until_at
  FROM change WINDOW card AS (PARTITION BY device_id, gpu_index ORDER BY seen)
),
place AS (
  SELECT device_id, gpu_index FROM raw.gpus
  UNION SELECT device_id, coalesce(gpu_index, 0) FROM raw.benchmarks
  UNION SELECT device_id, gpu_index FROM raw.challenges
  UNION SELECT device_id, gpu_index FROM rollup.device_day
  UNION SELECT device_id, 0 FROM raw.devices
),
card AS (
  SELECT p.device_id, p.gpu_index, s.own, s.name, s.slice, coalesce(s.since, 0) AS from_at, s.until_at,
    s.until_at IS NULL AS latest,
    count(DISTINCT coalesce(s.own, '')) OVER (PARTITION BY p.device_id) > 1 AS several
  FROM place p LEFT JOIN span s USING (device_id, gpu_index)
)
SELECT c.gpu_index, c.from_at, c.until_at, c.latest, c.several, FALSE AS own, l.*
FROM card c JOIN features.device_claim l USING (device_id) WHERE c.own IS NULL
UNION ALL BY NAME
SELECT c.gpu_index, c.from_at, c.until_at, c.latest, c.several, TRUE AS own, l.device_id, l.account_id,
  l.registered_at, c.name AS claim, l.driver_version, l.gpu_count, c.slice AS declared_slice,
  k.* EXCLUDE (spelled)
FROM card c JOIN features.device_claim l USING (device_id) JOIN features.gpu_class k ON k.spelled = c.own
WHERE c.own IS NOT NULL
