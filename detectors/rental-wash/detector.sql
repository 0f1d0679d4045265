-- Accounts hire each other's machines, and nobody uses them.
--
-- Hiring is the renter's own act; being hired is not the owner's. So a circle is made of accounts that do both: each is hired by
-- one of the others and makes at least half of its hires among them. Accounts that fail are taken out, in eight rounds; who is left and
-- hires from each other forms a group (five rounds of label spreading). Null: renters pick owners by their share of all hires,
-- so that of n hires k fall into the group by Chernoff's bound, summed over members, less ln of the groups; a network in which
-- many owners also hire makes one large group, in whose share nothing is odd. `circle-idle`: nine of ten of the hires within the group
-- left the card idle (mean load 2 % or less), while at most a fifth of all other hires did; batch jobs that wait are as common
-- everywhere. `kept`: half of an account's hires, five or more, are by customers who hire from it alone, and idle: a customer could
-- arrange that. `self`: it hires its own machine. Silent below four accounts in a circle.
WITH hire AS (SELECT *, load <= 0.02 AS idle FROM own.rental_hire WHERE renter_id IS NOT NULL),
made AS (SELECT renter_id, count(*) AS n FROM hire WHERE renter_id <> owner_id GROUP BY renter_id),
edge AS (
  SELECT h.renter_id, h.owner_id, count(*) AS n, max(m.n) AS made, min(h.started_at) AS first_at, max(h.started_at) AS last_at
  FROM hire h JOIN made m ON m.renter_id = h.renter_id
  WHERE h.renter_id <> h.owner_id AND h.renter_id IN (SELECT account_id FROM raw.accounts)
  GROUP BY h.renter_id, h.owner_id
),
k0 AS (SELECT DISTINCT renter_id AS id FROM edge),
k1 AS (SELECT e.renter_id AS id FROM edge e JOIN k0 o ON o.id = e.owner_id WHERE e.renter_id IN (SELECT x.owner_id FROM edge x JOIN k0 y ON y.id = x.renter_id) GROUP BY e.renter_id HAVING 2 * sum(n) >= max(made)),
k2 AS (SELECT e.renter_id AS id FROM edge e JOIN k1 o ON o.id = e.owner_id WHERE e.renter_id IN (SELECT x.owner_id FROM edge x JOIN k1 y ON y.id = x.renter_id) GROUP BY e.renter_id HAVING 2 * sum(n) >= max(made)),
k3 AS (SELECT e.renter_id AS id FROM edge e JOIN k2 o ON o.id = e.owner_id WHERE e.renter_id IN (SELECT x.owner_id FROM edge x JOIN k2 y ON y.id = x.renter_id) GROUP BY e.renter_id HAVING 2 * sum(n) >= max(made)),
k4 AS (SELECT e.renter_id AS id FROM edge e JOIN k3 o ON o.id = e.owner_id WHERE e.renter_id IN (SELECT x.owner_id FROM edge x JOIN k3 y ON y.id = x.renter_id) GROUP BY e.renter_id HAVING 2 * sum(n) >= max(made)),
k5 AS (SELECT e.renter_id AS id FROM edge e JOIN k4 o ON o.id = e.owner_id WHERE e.renter_id IN (SELECT x.owner_id FROM edge x JOIN k4 y ON y.id = x.renter_id) GROUP BY e.renter_id HAVING 2 * sum(n) >= max(made)),
k6 AS (SELECT e.renter_id AS id FROM edge e JOIN k5 o ON o.id = e.owner_id WHERE e.renter_id IN (SELECT x.owner_id FROM edge x JOIN k5 y ON y.id = x.renter_id) GROUP BY e.renter_id HAVING 2 * sum(n) >= max(made)),
k7 AS (SELECT e.renter_id AS id FROM edge e JOIN k6 o ON o.id = e.owner_id WHERE e.renter_id IN (SELECT x.owner_id FROM edge x JOIN k6 y ON y.id = x.renter_id) GROUP BY e.renter_id HAVING 2 * sum(n) >= max(made)),
core AS (SELECT e.renter_id AS id FROM edge e JOIN k7 o ON o.id = e.owner_id WHERE e.renter_id IN (SELECT x.owner_id FROM edge x JOIN k7 y ON y.id = x.renter_id) GROUP BY e.renter_id HAVING 2 * sum(n) >= max(made)),
tie AS (
  SELECT renter_id AS x, owner_id AS y FROM edge WHERE renter_id IN (SELECT id FROM core) AND owner_id IN (SELECT id FROM core)
  UNION SELECT owner_id, renter_id FROM edge WHERE renter_id IN (SELECT id FROM core) AND owner_id IN (SELECT id FROM core)
),
r0 AS (SELECT DISTINCT x AS id, x AS label FROM tie),
r1 AS (SELECT t.x AS id, least(max(n.label), min(m.label)) AS label FROM tie t JOIN r0 n ON n.id = t.x JOIN r0 m ON m.id = t.y GROUP BY t.x),
r2 AS (SELECT t.x AS id, least(max(n.label), min(m.label)) AS label FROM tie t JOIN r1 n ON n.id = t.x JOIN r1 m ON m.id = t.y GROUP BY t.x),
r3 AS (SELECT t.x AS id, least(max(n.label), min(m.label)) AS label FROM tie t JOIN r2 n ON n.id = t.x JOIN r2 m ON m.id = t.y GROUP BY t.x),
r4 AS (SELECT t.x AS id, least(max(n.label), min(m.label)) AS label FROM tie t JOIN r3 n ON n.id = t.x JOIN r3 m ON m.id = t.y GROUP BY t.x),
r5 AS (SELECT t.x AS id, least(max(n.label), min(m.label)) AS label FROM tie t JOIN r4 n ON n.id = t.x JOIN r4 m ON m.id = t.y GROUP BY t.x),
inside AS (
  SELECT a.label, h.rental_id, h.renter_id, h.idle, h.started_at FROM hire h
  JOIN r5 a ON a.id = h.renter_id JOIN r5 b ON b.id = h.owner_id AND b.label = a.label WHERE h.renter_id <> h.owner_id
),
share AS (SELECT r.label, count(*) / (SELECT count(*) FROM hire) AS share FROM r5 r JOIN hire h ON h.owner_id = r.id GROUP BY r.label),
member AS (
  SELECT i.label, i.renter_id, count(*) AS k, max(m.n) AS n, chernoff_nats(max(m.n), count(*), max(s.share)) AS nats
  FROM inside i JOIN made m ON m.renter_id = i.renter_id JOIN share s ON s.label = i.label GROUP BY i.label, i.renter_id
),
load AS (
  SELECT i.label, count(*) AS hires, count(i.idle) AS metered, count(*) FILTER (WHERE i.idle) AS idle, min(i.started_at) AS first_at, max(i.started_at) AS last_at
  FROM inside i GROUP BY i.label
),
elsewhere AS (SELECT count(idle) AS metered, count(*) FILTER (WHERE idle) AS idle FROM hire WHERE rental_id NOT IN (SELECT rental_id FROM inside)),
circle AS (
  SELECT m.label, count(*) AS n, list(m.renter_id ORDER BY m.renter_id)[1:51] AS ids, fsum(m.nats) - ln(count(*) OVER ()) AS nats
  FROM member m GROUP BY m.label HAVING count(*) >= 4
),
kept AS (
  SELECT h.owner_id, count(*) AS hires, count(*) FILTER (WHERE m.owners = 1 AND m.n >= 3) AS captive, count(idle) FILTER (WHERE m.owners = 1 AND m.n >= 3) AS metered,
    count(*) FILTER (WHERE idle AND m.owners = 1 AND m.n >= 3) AS idle, min(started_at) AS first_at, max(started_at) AS last_at
  FROM hire h JOIN (SELECT renter_id, count(*) AS n, count(DISTINCT owner_id) AS owners FROM hire GROUP BY renter_id) m ON m.renter_id = h.renter_id
  WHERE h.renter_id <> h.owner_id GROUP BY h.owner_id
),
own AS (SELECT owner_id, count(*) AS hires, min(started_at) AS first_at, max(started_at) AS last_at FROM hire WHERE renter_id = owner_id GROUP BY owner_id)
SELECT m.renter_id AS subject_id,
  CASE WHEN l.metered >= 4 AND l.idle * 10 >= l.metered * 9 AND e.idle * 5 <= e.metered THEN 'circle-idle' ELSE 'circle' END AS level,
  concat('hires round ', c.label) AS value, list_filter(c.ids, lambda id: id <> m.renter_id)[1:50] AS related,
  (SELECT count(*) FROM made) AS tested,
  CAST(json_object('accounts', c.n, 'own_hires', m.n, 'within', m.k, 'hires_of_all', l.hires, 'metered', l.metered, 'idle', l.idle, 'nats', round(c.nats, 1)) AS VARCHAR) AS facts,
  l.first_at AS first_at, l.last_at AS last_at
FROM circle c JOIN member m ON m.label = c.label JOIN load l ON l.label = c.label CROSS JOIN elsewhere e
WHERE c.nats >= 8
UNION ALL
SELECT kept.owner_id, 'kept', NULL, []::VARCHAR[], (SELECT count(*) FROM made),
  CAST(json_object('hires', kept.hires, 'by_captive_customers', captive, 'idle', kept.idle) AS VARCHAR), first_at, last_at
FROM kept CROSS JOIN elsewhere e
WHERE captive >= 5 AND captive * 2 >= kept.hires AND kept.metered >= 4 AND kept.idle * 10 >= kept.metered * 9 AND e.idle * 5 <= e.metered
UNION ALL
SELECT owner_id, 'self', NULL, []::VARCHAR[], (SELECT count(*) FROM made), CAST(json_object('hires', hires) AS VARCHAR), first_at, last_at FROM own
