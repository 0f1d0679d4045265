-- Groups whose members end their names in four digits drawn evenly from 0000 to 9999, as a program does and people do not: they put
-- years, birthdays and patterns there. Silent under six such members and where they are fewer than six in ten.
-- `nats`: log likelihood of the kinds of number (own.mail_member: cell) if drawn evenly (shares counted over all 10,000)
-- against the kinds that the reference has, the group's own left out; ten evenly drawn numbers are added to
-- the reference, so that a kind that nobody chose yet is not impossible. Less the logarithm of the groups tried.
WITH even(cell, share) AS (VALUES ('year', 0.0110), ('date', 0.0573), ('pattern', 0.0211), ('other', 0.9106)),
team AS (
  SELECT source, team, count(*) AS n, count(cell) AS k
  FROM own.mail_member WHERE team IS NOT NULL
  GROUP BY ALL HAVING count(cell) >= 6 AND count(cell) * 10 >= count(*) * 6
),
usual AS (SELECT cell, count(DISTINCT account_id) AS n FROM own.mail_member WHERE reference AND cell IS NOT NULL GROUP BY cell),
own AS (
  SELECT m.source, m.team, m.cell, count(*) AS n, count(*) FILTER (m.reference) AS own
  FROM own.mail_member m JOIN team t ON t.source = m.source AND t.team = m.team
  WHERE m.cell IS NOT NULL GROUP BY ALL
),
expected AS (
  SELECT t.source, t.team, t.n, t.k, e.cell, e.share, coalesce(o.n, 0) AS seen,
    coalesce(u.n, 0) - coalesce(o.own, 0) + 10 * e.share AS others,
    sum(coalesce(u.n, 0) - coalesce(o.own, 0)) OVER (PARTITION BY t.source, t.team) + 10 AS all_others
  FROM team t CROSS JOIN even e
  LEFT JOIN usual u ON u.cell = e.cell
  LEFT JOIN own o ON o.source = t.source AND o.team = t.team AND o.cell = e.cell
)
SELECT source, team, n, k, round(fsum(seen * ln(e.share * e.all_others / e.others)) - ln((SELECT count(*) FROM team)), 6) AS nats
FROM expected e
GROUP BY source, team, n, k
