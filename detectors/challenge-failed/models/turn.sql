-- Rounds together with the chance of failing under four innocent explanations: the card's own rate so far
-- (`usual`), alone within some rounds (`near`), at this part of the day (`daily`), or that of controls
-- (`crowded`).
WITH control AS (
  SELECT kind, CAST(count(*) AS DOUBLE) AS n, CAST(sum(failed) AS DOUBLE) AS k
  FROM own.bet WHERE control GROUP BY kind, unit
),
mean AS (
  SELECT kind, greatest((sum(k) + 1) / (sum(n) + $prior_runs), $least_rate) AS m, sum(n) / count(*) AS runs
  FROM control GROUP BY kind
),
prior AS (
  -- Moments of the beta-binomial, the spread as among controls.
  SELECT kind, m,
    1
      / least(greatest((fsum((k - n * m) ** 2) / fsum(n * m * (1 - m)) - 1) / greatest(runs - 1, 1),
          1.0 / $least_spread_runs),
        0.5)
      - 1 AS size
  FROM mean JOIN control USING (kind) GROUP BY kind, m, runs
),
timed AS (
  SELECT bet.*, m * size AS fails, (1 - m) * size AS holds, fails / (fails + holds) AS mean,
    (coalesce(l.k, w.k) + fails) / (coalesce(l.n, w.n) + fails + holds) AS crowded,
    coalesce(sum(failed) FILTER (NOT together) OVER unit, 0)
      + coalesce(sum(failed) FILTER (together) OVER past, 0) AS k,
    count(*) FILTER (NOT together) OVER unit + count(*) FILTER (together) OVER past AS n,
    coalesce(sum(failed) FILTER (NOT together) OVER near, 0) AS k_near,
    count(*) FILTER (NOT together) OVER near AS n_near,
    coalesce(sum(failed) FILTER (NOT together) OVER part, 0)
      + coalesce(sum(failed) FILTER (together) OVER earlier, 0) AS k_day,
    count(*) FILTER (NOT together) OVER part + count(*) FILTER (together) OVER earlier AS n_day
  FROM own.bet
  JOIN prior USING (kind)
  JOIN own.crowd w ON w.kind = bet.kind AND w.country IS NULL
  LEFT JOIN own.crowd l ON l.kind = bet.kind AND l.country = bet.country
  WHERE NOT control
  WINDOW unit AS (PARTITION BY bet.kind, cohort, unit),
    past AS (PARTITION BY bet.kind, cohort, unit ORDER BY round
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    near AS (PARTITION BY bet.kind, cohort, unit ORDER BY round
      RANGE BETWEEN $near_rounds PRECEDING AND $near_rounds FOLLOWING),
    part AS (PARTITION BY bet.kind, cohort, unit, day_part),
    earlier AS (PARTITION BY bet.kind, cohort, unit, day_part ORDER BY round
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT kind, cohort, unit, round, failed, crowded, (fails + k) / (fails + holds + n) AS usual,
  (mean + k_near) / (1 + n_near) AS near, (mean + k_day) / (1 + n_day) AS daily
FROM timed WHERE together
