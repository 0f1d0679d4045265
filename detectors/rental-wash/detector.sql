-- Accounts hire each other's machines, and nobody uses them. Hiring is the renter's own act and being hired
-- is not the owner's, so a circle is made of accounts that do both.
WITH hire AS (SELECT *, load <= $idle_load AS idle FROM own.rental_hire WHERE renter_id IS NOT NULL),
strange AS (SELECT * FROM hire WHERE renter_id <> owner_id),
made AS (SELECT renter_id, count(*) AS n FROM strange GROUP BY renter_id),
inside AS (
  SELECT a.component AS circle, h.*
  FROM strange h
  JOIN own.hire_circle a ON a.member = h.renter_id
  JOIN own.hire_circle b ON b.member = h.owner_id AND b.component = a.component
),
share AS (
  SELECT r.component AS circle, count(*) / (SELECT count(*) FROM hire) AS share
  FROM own.hire_circle r JOIN hire h ON h.owner_id = r.member GROUP BY r.component
),
member AS (
  SELECT i.circle, i.renter_id, count(*) AS k, max(m.n) AS n,
    chernoff_nats(max(m.n), count(*), max(s.share)) AS nats
  FROM inside i JOIN made m USING (renter_id) JOIN share s USING (circle) GROUP BY i.circle, i.renter_id
),
usage AS (
  SELECT circle, count(*) AS hires, count(idle) AS metered, count(*) FILTER (WHERE idle) AS idle,
    min(started_at) AS first_at, max(started_at) AS last_at
  FROM inside GROUP BY circle
),
elsewhere AS (
  SELECT count(*) FILTER (WHERE idle) <= count(idle) * $idle_elsewhere AS busy
  FROM hire WHERE rental_id NOT IN (SELECT rental_id FROM inside)
),
circle AS (
  SELECT circle, count(*) AS n, some_of(renter_id) AS ids, fsum(nats) - ln(count(*) OVER ()) AS nats
  FROM member GROUP BY circle HAVING count(*) >= $least_members
),
kept AS (
  SELECT h.owner_id, count(*) AS hires, count(*) FILTER (WHERE m.captive) AS captive,
    count(idle) FILTER (WHERE m.captive) AS metered, count(*) FILTER (WHERE idle AND m.captive) AS idle,
    min(started_at) AS first_at, max(started_at) AS last_at
  FROM strange h
  JOIN (
    SELECT renter_id, count(DISTINCT owner_id) = 1 AND count(*) >= $loyal_hires AS captive
    FROM hire GROUP BY renter_id
  ) m
    ON m.renter_id = h.renter_id
  GROUP BY h.owner_id
),
finding AS (
  SELECT m.renter_id AS subject_id, level, concat('hires round ', c.circle) AS value,
    others(c.ids, m.renter_id) AS related,
    json_object('accounts', c.n, 'own_hires', m.n, 'within', m.k, 'hires_of_all', u.hires,
      'metered', u.metered, 'idle', u.idle, 'nats', round(c.nats, 1))::VARCHAR AS facts,
    u.first_at, u.last_at
  FROM circle c
  JOIN member m USING (circle)
  JOIN usage u USING (circle)
  CROSS JOIN elsewhere e
  CROSS JOIN (VALUES ('circle-idle'), ('circle')) l(level)
  WHERE c.nats >= $least_nats
    AND (level = 'circle' OR (u.metered >= $least_metered AND u.idle >= u.metered * $idle_share AND e.busy))
  UNION ALL
  SELECT k.owner_id, 'kept', NULL, NULL,
    json_object('hires', k.hires, 'by_captive_customers', captive, 'idle', k.idle)::VARCHAR, first_at, last_at
  FROM kept k CROSS JOIN elsewhere e
  WHERE captive >= $least_captive AND captive * 2 >= hires AND metered >= $least_metered
    AND idle >= metered * $idle_share AND e.busy
  UNION ALL
  SELECT owner_id, 'self', NULL, NULL, json_object('hires', count(*))::VARCHAR, min(started_at),
    max(started_at)
  FROM hire WHERE renter_id = owner_id GROUP BY owner_id
)
SELECT *, (SELECT count(*) FROM made) AS tested FROM finding
