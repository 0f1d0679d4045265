-- Log wealth of each card: bets on its failures by company and by partners against its best innocent
-- explanation. By Ville's inequality an honest card reaches x nats with probability at most e^-x.
WITH innocent AS (
  -- abs(1 - failed - p): the chance of what happened, where p is that of failing.
  SELECT kind, cohort, unit,
    greatest(fsum(ln(abs(1 - failed - usual))), fsum(ln(abs(1 - failed - crowded))),
      fsum(ln(abs(1 - failed - near))), fsum(ln(abs(1 - failed - daily)))) AS nats
  FROM own.turn GROUP BY kind, cohort, unit
),
company AS (
  -- It fails when some machine holds in whose company it failed before.
  SELECT kind, cohort, unit, failed,
    least(coalesce(max(CASE WHEN held = 1 THEN (k_held + 0.5) / (n_held + 1) END), 0.5),
      $most_chance) AS chance
  FROM own.pair GROUP BY kind, cohort, unit, round, failed
),
wealth AS (
  SELECT kind, cohort, unit, 1.0 AS share, fsum(ln(abs(1 - failed - chance))) AS nats
  FROM company GROUP BY kind, cohort, unit
  UNION ALL
  SELECT kind, cohort, unit, 1.0 / count(*) OVER (PARTITION BY kind, cohort, unit), nats FROM own.partner
)
SELECT cohort, unit, ln(fsum(share * exp(least(w.nats - i.nats, $most_exponent)) / $stakes)) AS nats
FROM wealth w JOIN innocent i USING (kind, cohort, unit) GROUP BY cohort, unit
