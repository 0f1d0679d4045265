-- Models with machines that are always on and of nobody declared: `n` of them, `k` never benchmarked, and
-- `p`, how often all other machines heard for as long were not. Only where most machines are benchmarked.
WITH machine AS (
  SELECT device_id, count(DISTINCT day) AS days, sum(bins) AS bins, min(first_at) AS first_at,
    max(last_at) AS last_at
  FROM rollup.device_day WHERE gpu_index = 0 GROUP BY device_id HAVING count(DISTINCT day) >= $least_days
),
steady AS (
  SELECT d.gpu_model, m.first_at, m.last_at,
    device_id NOT IN (SELECT device_id FROM raw.benchmarks) AS untested,
    m.bins >= $always_on * $day_bins * m.days AND NOT coalesce(a.house, FALSE)
      AND a.affiliation IS NULL AS anonymous
  FROM machine m JOIN raw.devices d USING (device_id) JOIN raw.accounts a USING (account_id)
),
model AS (
  SELECT gpu_model, count(*) AS n, count(*) FILTER (untested) AS k,
    min(first_at) FILTER (untested) AS first_at, max(last_at) FILTER (untested) AS last_at
  FROM steady WHERE anonymous GROUP BY gpu_model
)
SELECT m.*, greatest((a.untested - k + 1.0) / (a.everyone - k + 1.0), $least_rate) AS p
FROM model m CROSS JOIN (SELECT count(*) AS everyone, count(*) FILTER (untested) AS untested FROM steady) a
WHERE a.untested * 2 <= a.everyone
