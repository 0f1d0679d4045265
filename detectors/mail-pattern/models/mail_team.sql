-- What the addresses of one group have in common more often than chance allows: Chernoff's bound, times the
-- groups and kinds of trait tried, so `nats` may be negative. `p`: mean share of the trait among those of the
-- members' providers, or of their countries, whichever is more, in the reference, the group itself left out.
-- Shares of small providers and countries are drawn to everybody's.
WITH team AS (
  SELECT source, team, count(*) AS n
  FROM own.mail_member WHERE team IS NOT NULL GROUP BY ALL HAVING count(*) >= $least_team
),
alike AS (
  SELECT source, team, facet, value, n, count(*) AS k, count(*) FILTER (reference) AS own
  FROM own.mail_trait JOIN team USING (source, team)
  GROUP BY source, team, facet, value, n HAVING count(*) >= $least_team AND count(*) >= $alike_share * n
),
axis AS (SELECT unnest(['provider', 'country']) AS axis),
part AS (
  SELECT source, team, axis, CASE axis WHEN 'provider' THEN provider ELSE country END AS stratum,
    count(*) AS m, count(*) FILTER (reference) AS own
  FROM own.mail_member CROSS JOIN axis WHERE team IS NOT NULL GROUP BY ALL
),
-- The reference by provider and by country, each account once, however many groups it stands in.
stratum AS (
  SELECT axis, CASE axis WHEN 'provider' THEN provider ELSE country END AS stratum,
    count(DISTINCT account_id) AS n
  FROM own.mail_member CROSS JOIN axis WHERE reference GROUP BY ALL
),
shown AS (
  SELECT axis, CASE axis WHEN 'provider' THEN provider ELSE country END AS stratum, facet, value,
    count(DISTINCT account_id) AS k
  FROM own.mail_trait CROSS JOIN axis WHERE reference GROUP BY ALL
),
kin AS (
  SELECT source, team, axis, CASE axis WHEN 'provider' THEN provider ELSE country END AS stratum, facet,
    value, count(*) AS k
  FROM own.mail_trait CROSS JOIN axis WHERE reference GROUP BY ALL
),
based AS (
  SELECT a.*,
    (coalesce((
        SELECT sum(k) FROM shown s WHERE s.axis = 'provider' AND s.facet = a.facet AND s.value = a.value
      ),
      0)
      - a.own + 1.0)
      / ((SELECT sum(n) FROM stratum WHERE axis = 'provider')
        - (SELECT sum(own) FROM part p WHERE p.axis = 'provider' AND p.source = a.source AND p.team = a.team)
        + 2.0) AS base
  FROM alike a
),
expected AS (
  SELECT b.source, b.team, b.facet, b.value, b.n, b.k, p.axis,
    fsum(p.m * (coalesce(s.k, 0) - coalesce(o.k, 0) + $pseudo * b.base)
      / (coalesce(t.n, 0) - p.own + $pseudo))
      / b.n AS p
  FROM based b
  JOIN part p USING (source, team)
  LEFT JOIN stratum t USING (axis, stratum)
  LEFT JOIN shown s USING (axis, stratum, facet, value)
  LEFT JOIN kin o USING (source, team, axis, stratum, facet, value)
  GROUP BY b.source, b.team, b.facet, b.value, b.n, b.k, p.axis
)
SELECT source, team, facet, value, n, k, round(max(p), 6) AS p,
  chernoff_nats(n, k, round(max(p), 6)) - ln((SELECT count(*) FROM team) * $facets) AS nats
FROM expected GROUP BY source, team, facet, value, n, k
