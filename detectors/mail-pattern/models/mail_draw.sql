-- Groups whose members end their names in four digits drawn evenly from 0000 to 9999, as a program does and
-- people do not: they put years, birthdays and patterns there. `nats`: log likelihood of the kinds of number
-- (own.mail_member: cell) if drawn evenly against the kinds that the reference has, the group's own left out;
-- evenly drawn numbers are added to the reference, so that a kind that nobody chose yet is not impossible.
-- Less the logarithm of the groups tried.
WITH even (cell, share) AS (
  VALUES ('year', $even_year), ('date', $even_date), ('pattern', $even_pattern), ('other', $even_other)
),
team AS (
  SELECT source, team, count(*) AS n, count(cell) AS k
  FROM own.mail_member WHERE team IS NOT NULL
  GROUP BY ALL HAVING count(cell) > $least_team AND count(cell) >= $alike_share * count(*)
),
usual AS (
  SELECT cell, count(DISTINCT account_id) AS n
  FROM own.mail_member WHERE reference AND cell IS NOT NULL GROUP BY cell
),
kin AS (
  SELECT source, team, cell, count(*) AS n, count(*) FILTER (reference) AS own
  FROM own.mail_member WHERE cell IS NOT NULL GROUP BY ALL
),
expected AS (
  SELECT t.*, e.share, coalesce(o.n, 0) AS seen,
    coalesce(u.n, 0) - coalesce(o.own, 0) + $even_pseudo * e.share AS others,
    sum(coalesce(u.n, 0) - coalesce(o.own, 0)) OVER (PARTITION BY t.source, t.team)
      + $even_pseudo AS all_others
  FROM team t
  CROSS JOIN even e
  LEFT JOIN usual u ON u.cell = e.cell
  LEFT JOIN kin o ON o.source = t.source AND o.team = t.team AND o.cell = e.cell
)
SELECT source, team, n, k,
  round(fsum(seen * ln(share * all_others / others)) - ln((SELECT count(*) FROM team)), 6) AS nats
FROM expected GROUP BY source, team, n, k
