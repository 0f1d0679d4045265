-- What the addresses of one group have in common more often than chance allows. Traits: `form` (with a digit in it),
-- `tail` (how a name ends in digits), `letters` (random, walk) and `unlike` (a name: those and odd) of mail_shape and
-- mail_letters, at public providers only, where at least five and six in ten of a group share one.
-- Null: a member's address has the trait as often as those of the members' providers, or of their countries, whichever
-- is more (national habits), among the reference, the group itself left out. Shares of small providers and countries
-- are drawn to everybody's by five accounts' worth. The number of members with the trait is then at most binomial with
-- the mean share `p` (Hoeffding, Annals of Mathematical Statistics 27, 1956): Chernoff's bound, times the groups and kinds of
-- trait tried. `nats` may be negative.
WITH trait AS (
  SELECT account_id, provider, country, source, team, reference, 'form' AS facet, form AS value FROM own.mail_member
  WHERE regexp_matches(form, '9|YYYY|^hex|^mixed')
  UNION ALL SELECT account_id, provider, country, source, team, reference, 'tail', tail FROM own.mail_member WHERE tail <> ''
  UNION ALL SELECT account_id, provider, country, source, team, reference, 'letters', letters FROM own.mail_member WHERE letters IN ('walk', 'random')
  UNION ALL SELECT account_id, provider, country, source, team, reference, 'unlike', 'a name' FROM own.mail_member WHERE letters <> 'name'
),
team AS (SELECT source, team, count(*) AS n FROM own.mail_member WHERE team IS NOT NULL GROUP BY ALL HAVING count(*) >= 5),
alike AS (
  SELECT t.source, t.team, t.facet, t.value, e.n, count(*) AS k, count(*) FILTER (t.reference) AS own
  FROM trait t JOIN team e ON e.source = t.source AND e.team = t.team
  GROUP BY t.source, t.team, t.facet, t.value, e.n HAVING count(*) >= 5 AND count(*) * 10 >= e.n * 6
),
wanted AS (SELECT DISTINCT facet, value FROM alike),
-- The reference by provider and by country, each account once, however many groups it stands in.
usual AS (SELECT DISTINCT account_id, provider, country FROM own.mail_member WHERE reference),
stratum AS (
  SELECT 'provider' AS axis, provider AS stratum, count(*) AS n FROM usual GROUP BY ALL
  UNION ALL SELECT 'country', country, count(*) FROM usual GROUP BY ALL
),
shown AS (
  SELECT DISTINCT t.account_id, t.provider, t.country, t.facet, t.value
  FROM trait t JOIN wanted w ON w.facet = t.facet AND w.value = t.value WHERE t.reference
),
share AS (
  SELECT 'provider' AS axis, provider AS stratum, facet, value, count(*) AS k FROM shown GROUP BY ALL
  UNION ALL SELECT 'country', country, facet, value, count(*) FROM shown GROUP BY ALL
),
everybody AS (SELECT facet, value, count(*) AS k FROM shown GROUP BY facet, value),
-- The group's own members by stratum, and those of them in the reference, with the trait and without.
part AS (
  SELECT source, team, 'provider' AS axis, provider AS stratum, count(*) AS m, count(*) FILTER (reference) AS own
  FROM own.mail_member WHERE team IS NOT NULL GROUP BY ALL
  UNION ALL SELECT source, team, 'country', country, count(*), count(*) FILTER (reference)
  FROM own.mail_member WHERE team IS NOT NULL GROUP BY ALL
),
own AS (
  SELECT source, team, facet, value, 'provider' AS axis, provider AS stratum, count(*) AS k FROM trait WHERE reference GROUP BY ALL
  UNION ALL SELECT source, team, facet, value, 'country', country, count(*) FROM trait WHERE reference GROUP BY ALL
),
based AS (
  SELECT a.*, (coalesce(e.k, 0) - a.own + 1.0) / (s.n - o.own + 2.0) AS base
  FROM alike a
  LEFT JOIN everybody e ON e.facet = a.facet AND e.value = a.value
  CROSS JOIN (SELECT count(*) AS n FROM usual) s
  JOIN (SELECT source, team, CAST(sum(own) AS BIGINT) AS own FROM part WHERE axis = 'provider' GROUP BY ALL) o ON o.source = a.source AND o.team = a.team
),
expected AS (
  SELECT b.source, b.team, b.facet, b.value, b.n, b.k, p.axis,
    fsum(p.m * (coalesce(s.k, 0) - coalesce(o.k, 0) + 5 * b.base) / (coalesce(t.n, 0) - p.own + 5)) / b.n AS p
  FROM based b
  JOIN part p ON p.source = b.source AND p.team = b.team
  LEFT JOIN stratum t ON t.axis = p.axis AND t.stratum = p.stratum
  LEFT JOIN share s ON s.axis = p.axis AND s.stratum = p.stratum AND s.facet = b.facet AND s.value = b.value
  LEFT JOIN own o ON o.source = b.source AND o.team = b.team AND o.facet = b.facet AND o.value = b.value AND o.axis = p.axis AND o.stratum = p.stratum
  GROUP BY b.source, b.team, b.facet, b.value, b.n, b.k, p.axis
),
worst AS (SELECT source, team, facet, value, n, k, round(max(p), 6) AS p FROM expected GROUP BY ALL),
tried AS (SELECT count(*) * 4 AS tests FROM team)
SELECT source, team, facet, value, n, k, p,
  chernoff_nats(n, k, p) - ln(t.tests) AS nats
FROM worst CROSS JOIN tried t
