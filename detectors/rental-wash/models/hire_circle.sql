-- Accounts that are hired by each other and make at least half of their hires among themselves: one row per
-- account, with the least id of its circle. Who fails is taken out until nobody does; who is left and hires
-- from each other is one circle.
WITH RECURSIVE edge AS (
  SELECT renter_id, owner_id, count(*) AS n, sum(count(*)) OVER (PARTITION BY renter_id) AS made
  FROM own.rental_hire WHERE renter_id <> owner_id AND renter_id IN (SELECT account_id FROM raw.accounts)
  GROUP BY renter_id, owner_id
),
pruned AS (
  SELECT renter_id AS id, 0 AS step, count(*) OVER () AS size, TRUE AS fewer FROM edge GROUP BY renter_id
  UNION ALL
  SELECT id, step, count(*) OVER (), count(*) OVER () < before
  FROM (
    SELECT e.renter_id AS id, max(o.step) + 1 AS step, max(o.size) AS before
    FROM edge e JOIN pruned o ON o.id = e.owner_id
    WHERE o.fewer AND e.renter_id IN (SELECT x.owner_id FROM edge x JOIN pruned y ON y.id = x.renter_id)
    GROUP BY e.renter_id HAVING 2 * sum(e.n) >= max(e.made)
  )
),
core AS (SELECT id FROM pruned WHERE NOT fewer),
tie AS (
  SELECT unnest([renter_id, owner_id]) AS x, unnest([owner_id, renter_id]) AS y
  FROM edge WHERE renter_id IN (SELECT id FROM core) AND owner_id IN (SELECT id FROM core)
),
circle (account_id, circle, moving) AS (
  SELECT x, x, TRUE FROM tie GROUP BY x
  UNION ALL
  SELECT x, circle, bool_or(circle < before) OVER ()
  FROM (
    SELECT t.x, least(min(m.circle), min(n.circle)) AS circle, min(n.circle) AS before
    FROM tie t JOIN circle m ON m.account_id = t.y JOIN circle n ON n.account_id = t.x WHERE m.moving
    GROUP BY t.x
  )
)
SELECT account_id, circle FROM circle WHERE NOT moving
