-- Hires between accounts that are hired by each other and make at least half of their hires among themselves:
-- who is joined by them is one circle. Who fails is taken out until nobody does.
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
core AS (SELECT id FROM pruned WHERE NOT fewer)
SELECT renter_id AS a, owner_id AS b
FROM edge WHERE renter_id IN (SELECT id FROM core) AND owner_id IN (SELECT id FROM core)
