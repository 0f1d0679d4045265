-- Published cards are heard cards: the two grow together. A model whose published figure rises in a straight line, without
-- the hours of the day, or by one step that stays, while the machines heard do not follow, was written into the figures.
-- A week in which the network really grows tenfold has machines behind it; so has a new data centre.
WITH figure AS (
  SELECT substr(metric, 13) AS gpu_model, metric, occurred_at, day_of(occurred_at) AS day, value,
    row_number() OVER (PARTITION BY metric ORDER BY occurred_at, value) AS k
  FROM raw.network_stats
  WHERE starts_with(metric, 'gpus_online:') AND isfinite(value) AND value BETWEEN 0 AND 1e9
), heard AS (
  SELECT d.gpu_model, b.day, sum(least(greatest(d.gpu_count, 1), 1000))::DOUBLE AS cards
  FROM (SELECT DISTINCT device_id, day FROM rollup.device_day) b JOIN raw.devices d ON d.device_id = b.device_id
  GROUP BY d.gpu_model, b.day
), covered AS (
  SELECT min(day) AS first_day, max(day) AS last_day FROM rollup.device_day
), series AS (
  SELECT metric, gpu_model, count(*)::DOUBLE AS n, min(occurred_at) AS first_at, max(occurred_at) AS last_at,
    greatest(min(day), (SELECT first_day FROM covered)) AS first_day, least(max(day), (SELECT last_day FROM covered)) AS last_day,
    min(day) >= (SELECT first_day FROM covered) AND max(day) <= (SELECT last_day FROM covered) + 1 AS inside
  FROM figure GROUP BY metric, gpu_model HAVING count(*) >= 24 AND max(occurred_at) - min(occurred_at) >= 172800000
), moment AS (
  SELECT s.metric, fsum(x) AS sx, fsum(f.value) AS sy, fsum(x * x) AS sxx, fsum(f.value * f.value) AS syy, fsum(x * f.value) AS sxy
  FROM (SELECT f.*, (f.occurred_at - s.first_at) / 3600000.0 AS x FROM figure f JOIN series s ON s.metric = f.metric) f
  JOIN series s ON s.metric = f.metric GROUP BY s.metric
), fitted AS (
  SELECT s.*, (m.sxy - m.sx * m.sy / s.n) / nullif(m.sxx - m.sx * m.sx / s.n, 0) AS slope,
    (m.sxy - m.sx * m.sy / s.n) * (m.sxy - m.sx * m.sy / s.n) / nullif((m.sxx - m.sx * m.sx / s.n) * (m.syy - m.sy * m.sy / s.n), 0) AS r2
  FROM series s JOIN moment m ON m.metric = s.metric
), cut AS (
  -- Each hour that could be the step, with all figures before it and all after it.
  SELECT metric, occurred_at, k, max(value) OVER before AS highest_before, min(value) OVER since AS lowest_since,
    count(*) OVER since AS n_since
  FROM figure
  WINDOW before AS (PARTITION BY metric ORDER BY k ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    since AS (PARTITION BY metric ORDER BY k ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
), step AS (
  SELECT metric, occurred_at AS step_at, highest_before, lowest_since FROM (
    SELECT *, row_number() OVER (PARTITION BY metric ORDER BY lowest_since - highest_before DESC, k) AS best
    FROM cut WHERE k > 6 AND n_since >= 6
  ) WHERE best = 1
), ends AS (
  SELECT f.metric, f.gpu_model, f.n, f.first_at, f.last_at, f.inside, f.slope, f.r2,
    f.slope * (f.last_at - f.first_at) / 3600000.0 AS growth, z.sy / f.n - f.slope * z.sx / f.n AS start_value,
    p.step_at, p.highest_before, p.lowest_since, coalesce(a.cards, 0) AS heard_first, coalesce(b.cards, 0) AS heard_last
  FROM fitted f JOIN moment z ON z.metric = f.metric LEFT JOIN step p ON p.metric = f.metric
  LEFT JOIN heard a ON a.gpu_model = f.gpu_model AND a.day = f.first_day
  LEFT JOIN heard b ON b.gpu_model = f.gpu_model AND b.day = f.last_day
), grown AS (
  SELECT 'line' AS level, metric, first_at AS valid_from, last_at AS valid_to, start_value + growth AS observed,
    start_value + greatest(heard_last - heard_first, 0) AS expected, growth, greatest(start_value, 0) AS was, heard_last - heard_first AS followed
  FROM ends WHERE inside AND r2 >= 0.98
  UNION ALL
  SELECT 'step', metric, step_at, last_at, lowest_since, highest_before + greatest(heard_last - heard_first, 0),
    lowest_since - highest_before, highest_before, heard_last - heard_first
  FROM ends WHERE inside AND r2 < 0.98
)
SELECT level, metric, valid_from, valid_to, round(observed, 1)::DOUBLE AS observed, round(expected, 1)::DOUBLE AS expected
FROM grown
WHERE growth >= 20 AND growth >= 0.5 * was AND followed < 0.5 * growth
