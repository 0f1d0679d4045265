-- Do cards that fail together take turns? `turn_z`: correlation of a card with the others of its cohort, in
-- standard errors; `even_z`: whether the number that hold at once, of the cohort or the plan, is too even.
WITH odd AS (
  SELECT plan_id, cohort, unit, round, held - sum(held) OVER u / count(*) OVER u AS own
  FROM own.asked SEMI JOIN (SELECT cohort, unit FROM own.record WHERE more IS NOT NULL) USING (cohort, unit)
  WHERE together
  WINDOW u AS (PARTITION BY cohort, unit)
),
total AS (
  SELECT plan_id, cohort, round, fsum(own) AS t, fsum(own ** 2) AS v
  FROM odd GROUP BY GROUPING SETS ((plan_id, cohort, round), (plan_id, round))
),
even AS (
  -- Variance over that of independent machines, as chi square in normal quantiles (Wilson and Hilferty).
  SELECT plan_id, cohort, 2 / ($wilson_hilferty * count(*)) AS w,
    (cbrt(fsum(t ** 2) / fsum(v)) - 1 + w) / sqrt(w) AS z
  FROM total GROUP BY plan_id, cohort HAVING fsum(v) > 0
)
SELECT o.cohort, o.unit, least(min(e.z), min(p.z)) AS even_z,
  fsum(own * (t - own)) / nullif(sqrt(fsum(own ** 2) * fsum((t - own) ** 2)), 0) * sqrt(count(*)) AS turn_z
FROM odd o
JOIN total USING (cohort, round)
LEFT JOIN even e ON e.cohort = o.cohort
LEFT JOIN even p ON p.plan_id = o.plan_id AND p.cohort IS NULL
GROUP BY o.cohort, o.unit
