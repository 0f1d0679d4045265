-- How long the IPv6 prefix of one subscriber is in each network (/32), learned from how machines move: one
-- row per network. Providers delegate a /48, a /56 or a /64 (RFC 6177, RIPE-690), and a machine that takes
-- new /64s within one longer prefix shows which. A prefix is believed where the machines of three or more
-- accounts, and of half of those that ever changed their /64 within a /48, stayed inside it, and where more
-- accounts moved like that than sit beside others' /64s in such a prefix, as a hoster's customers or a
-- dynamic pool do. Otherwise /64: the network tells nothing, and nobody is merged with a neighbour.
WITH seen AS (
  SELECT DISTINCT d.account_id, r.device_id, s.wide, s.block, substr(s.v6, 1, 17) AS middle, s.v6
  FROM rollup.device_ip_day r
  JOIN raw.devices d ON d.device_id = r.device_id
  JOIN features.address_spelling s ON s.ip = r.ip
  WHERE s.v6 IS NOT NULL
),
machine AS (
  SELECT wide, account_id, device_id, block, count(DISTINCT middle) AS middles
  FROM seen GROUP BY ALL HAVING count(DISTINCT v6) >= 2
),
moved AS (
  SELECT wide, count(DISTINCT account_id) AS movers,
    count(DISTINCT account_id) FILTER (WHERE middles = 1) AS within_56
  FROM machine GROUP BY wide
),
-- Accounts that never share a /64 with the neighbours whom the longer prefix would make them one with.
held AS (
  SELECT wide, block, middle, v6, account_id, count(*) OVER (PARTITION BY v6) AS together
  FROM (SELECT DISTINCT wide, block, middle, v6, account_id FROM seen)
),
beside_56 AS (
  SELECT wide, sum(n) AS n
  FROM (
    SELECT wide, middle, count(DISTINCT account_id) AS n
    FROM held WHERE together = 1 GROUP BY ALL HAVING count(DISTINCT account_id) >= 2
  )
  GROUP BY wide
),
beside_48 AS (
  SELECT wide, sum(n) AS n
  FROM (
    SELECT wide, block, count(DISTINCT account_id) AS n
    FROM held WHERE together = 1 GROUP BY ALL HAVING count(DISTINCT account_id) >= 2
  )
  GROUP BY wide
)
SELECT m.wide,
  CAST(CASE WHEN movers >= 3 AND 2 * within_56 >= movers AND within_56 >= 3 AND within_56 > coalesce(p.n, 0)
      THEN 56
    WHEN movers >= 3 AND 2 * within_56 < movers AND movers > coalesce(q.n, 0) THEN 48
    ELSE 64 END AS BIGINT) AS bits,
  m.movers, m.within_56, CAST(coalesce(p.n, 0) AS BIGINT) AS beside_56,
  CAST(coalesce(q.n, 0) AS BIGINT) AS beside_48
FROM moved m LEFT JOIN beside_56 p ON p.wide = m.wide LEFT JOIN beside_48 q ON q.wide = m.wide
