-- How often each browser occurs in a group of equal machines (`k` of `n`), and the largest share of it
-- (`share`) among all accounts outside, among those with that system, and among those who registered at that
-- time.
WITH member AS (
  SELECT g.*, lower(split_part(g.os, ' ', 1)) AS family, a.ua, a.part
  FROM own.host_group g JOIN own.agent a ON a.account_id = g.account_id
),
team AS (
  SELECT kind, team, count(*) AS n, greatest(min(part) - 1, 0) AS from_part,
    least(max(part) + 1, $parts - 1) AS to_part
  FROM member GROUP BY kind, team HAVING count(*) >= $least_tested
),
cell AS (
  SELECT m.kind, m.team, m.ua, t.n, t.from_part, t.to_part, count(*) AS k, min(m.family) AS family,
    min(m.created_at) AS first_at
  FROM member m JOIN team t ON t.kind = m.kind AND t.team = m.team GROUP BY ALL
),
-- Registrations up to each sixty-fourth of them: of each browser that occurs twice in a group, and (NULL) of
-- all.
grid AS (
  SELECT ua, part
  FROM (SELECT DISTINCT ua FROM cell WHERE k >= 2 UNION ALL SELECT NULL)
  CROSS JOIN (SELECT unnest(range(-1, $parts)) AS part)
),
landed AS (SELECT ua, part, count(*) AS n FROM own.agent GROUP BY GROUPING SETS ((ua, part), (part))),
tide AS (
  SELECT g.ua, g.part, CAST(sum(coalesce(l.n, 0)) OVER (PARTITION BY g.ua ORDER BY g.part) AS BIGINT) AS upto
  FROM grid g LEFT JOIN landed l ON l.ua IS NOT DISTINCT FROM g.ua AND l.part = g.part
),
-- Windows, macOS, Ubuntu: the system decides which browsers there are.
system AS (
  SELECT family, ua, count(*) AS c, CAST(sum(count(*)) OVER (PARTITION BY family) AS BIGINT) AS m
  FROM (
    SELECT DISTINCT a.account_id, lower(split_part(trim(d.os), ' ', 1)) AS family, a.ua
    FROM own.agent a JOIN raw.devices d ON d.account_id = a.account_id WHERE trim(d.os) <> ''
  )
  GROUP BY family, ua
),
common AS (SELECT ua, count(*) AS c, CAST(sum(count(*)) OVER () AS BIGINT) AS m FROM own.agent GROUP BY ua),
counted AS (
  SELECT c.kind, c.team, c.ua, c.n, c.k, c.first_at, o.m - c.n AS outside,
    (o.c - c.k + 1.0) / (o.m - c.n + $pseudo) AS base, greatest(s.c - c.k, 0) AS system_c,
    greatest(s.m - c.n, 0) AS system_m, greatest(coalesce(y.upto - x.upto, 0) - c.k, 0) AS tide_c,
    greatest(q.upto - p.upto - c.n, 0) AS tide_m
  FROM cell c
  JOIN common o ON o.ua = c.ua
  LEFT JOIN system s ON s.family = c.family AND s.ua = c.ua
  LEFT JOIN tide x ON x.ua = c.ua AND x.part = c.from_part - 1
  LEFT JOIN tide y ON y.ua = c.ua AND y.part = c.to_part
  JOIN tide p ON p.ua IS NULL AND p.part = c.from_part - 1
  JOIN tide q ON q.ua IS NULL AND q.part = c.to_part
)
SELECT *,
  greatest(base, (system_c + $pseudo * base) / (system_m + $pseudo),
    (tide_c + $pseudo * base) / (tide_m + $pseudo)) AS share
FROM counted
