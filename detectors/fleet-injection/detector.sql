-- Published cards are heard cards. Named is a model whose published figure rises in a straight line, or by
-- one step that stays, while the machines heard do not follow.
WITH heard AS (
  SELECT d.gpu_model, b.day, sum(least(greatest(d.gpu_count, 1), $most_cards))::DOUBLE AS cards
  FROM (SELECT DISTINCT device_id, day FROM rollup.device_day) b JOIN raw.devices d USING (device_id)
  GROUP BY d.gpu_model, b.day
),
moment AS (
  SELECT metric, gpu_model, first_at, last_at, count(*)::DOUBLE AS n, fsum(x) AS sx, fsum(value) AS sy,
    fsum(x * x) AS sxx, fsum(value * value) AS syy, fsum(x * value) AS sxy
  FROM (SELECT *, (occurred_at - first_at) / hour_ms() AS x FROM own.figure)
  GROUP BY metric, gpu_model, first_at, last_at
),
fitted AS (
  SELECT *, sxy - sx * sy / n AS cxy, nullif(sxx - sx * sx / n, 0) AS cxx, cxy / cxx AS slope,
    cxy * cxy / nullif(cxx * (syy - sy * sy / n), 0) AS r2
  FROM moment
),
step AS (
  SELECT *
  FROM (
    SELECT metric, occurred_at AS step_at, k, count(*) OVER since AS n_since,
      max(value) OVER before AS highest_before, min(value) OVER since AS lowest_since
    FROM own.figure
    WINDOW before AS (PARTITION BY metric ORDER BY k ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
      since AS (PARTITION BY metric ORDER BY k ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  )
  WHERE k > $side_figures AND n_since >= $side_figures
  QUALIFY row_number() OVER (PARTITION BY metric ORDER BY lowest_since - highest_before DESC, k) = 1
),
ends AS (
  SELECT f.*, slope * (last_at - first_at) / hour_ms() AS growth, sy / n - slope * sx / n AS start_value,
    p.step_at, p.highest_before, p.lowest_since, coalesce(b.cards, 0) - coalesce(a.cards, 0) AS followed
  FROM fitted f
  LEFT JOIN step p USING (metric)
  LEFT JOIN heard a ON a.gpu_model = f.gpu_model AND a.day = day_of(first_at)
  LEFT JOIN heard b
    ON b.gpu_model = f.gpu_model AND b.day = least(day_of(last_at), (SELECT max(day) FROM rollup.device_day))
),
grown AS (
  SELECT 'line' AS level, metric, first_at AS valid_from, last_at, start_value + growth AS observed,
    start_value AS was, growth, followed
  FROM ends WHERE r2 >= $straight
  UNION ALL
  SELECT 'step', metric, step_at, last_at, lowest_since, highest_before, lowest_since - highest_before,
    followed
  FROM ends WHERE r2 < $straight
)
SELECT level, metric, valid_from, last_at AS valid_to, round(observed, 1)::DOUBLE AS observed,
  round(was + greatest(followed, 0), 1)::DOUBLE AS expected
FROM grown WHERE growth >= $least_growth AND growth >= 0.5 * greatest(was, 0) AND followed < 0.5 * growth
