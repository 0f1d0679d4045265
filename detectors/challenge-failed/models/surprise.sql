-- Log wealth of each card: its failures predicted by company and by partners against the innocent explanation
-- that explains it best. By Ville's inequality an honest card reaches x nats with probability at most e^-x.
WITH innocent AS (
  SELECT kind, cohort, unit, max(nats) AS nats FROM (
    SELECT kind, cohort, unit, fsum(ln(CASE failed WHEN 1 THEN chance ELSE 1 - chance END)) AS nats
    FROM (UNPIVOT own.turn ON usual, near, daily, crowded INTO NAME explanation VALUE chance)
    GROUP BY kind, cohort, unit, explanation)
  GROUP BY kind, cohort, unit
),
company AS (
  -- It fails when some machine holds in whose company it failed before.
  SELECT kind, cohort, unit, failed, least(coalesce(max(CASE WHEN held = 1 THEN (k_held + 0.5)
    / (n_held + 1) END), 0.5), $most_chance) AS chance
  FROM own.pair GROUP BY kind, cohort, unit, round, failed
),
wealth AS (
  SELECT kind, cohort, unit, 1.0 AS share, fsum(ln(CASE failed WHEN 1 THEN chance ELSE 1
    - chance END)) AS nats
  FROM company GROUP BY kind, cohort, unit
  UNION ALL
  SELECT kind, cohort, unit, 1.0 / count(*) OVER (PARTITION BY kind, cohort, unit), nats FROM own.partner
)
-- The four stakes are equal.
SELECT cohort, unit, ln(fsum(share * exp(least(w.nats - i.nats, $most_exponent)) / $stakes)) AS nats
FROM wealth w JOIN innocent i USING (kind, cohort, unit) GROUP BY cohort, unit
