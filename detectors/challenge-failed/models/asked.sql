-- Rounds that count, one row per card asked: not excused, nor those in which half of the controls (of the
-- network or the card's country) failed. Cards excused in most rounds together are left out, whoever arranged
-- it.
WITH round AS (
  SELECT plan_id, round, country
  FROM features.challenge_run WHERE role = 'control' AND outcome <> 'excused'
  GROUP BY GROUPING SETS ((plan_id, round, country), (plan_id, round))
  HAVING count(*) >= $least_controls AND (GROUPING(country) = 1 OR country IS NOT NULL)
    AND (2 * count(*) FILTER (outcome = 'held') > count(*)) = (GROUPING(country) = 1)
),
willing AS (
  SELECT device_id, gpu_index, cohort, count(*) FILTER (outcome = 'excused') AS excused
  FROM features.challenge_run WHERE together
  GROUP BY device_id, gpu_index, cohort HAVING 2 * count(*) FILTER (outcome = 'excused') <= count(*)
)
SELECT plan_id, cohort, device_id, gpu_index, concat(gpu_index, ':', device_id) AS unit,
  role = 'control' AS control, round, together, outcome, c.country, excused,
  CAST(outcome = 'held' AS INTEGER) AS held, 1 - held AS failed, starts_at
FROM features.challenge_run c
JOIN willing USING (device_id, gpu_index, cohort)
JOIN (SELECT plan_id, round FROM round WHERE country IS NULL) USING (plan_id, round)
ANTI JOIN round USING (plan_id, round, country)
WHERE outcome <> 'excused'
