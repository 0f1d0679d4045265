-- A fleet of one model is always on and was never benchmarked, while nearly everybody's machines are benchmarked: such machines
-- usually belong to the network itself. Counted: machines of accounts that are neither declared house nor affiliated, heard
-- in 95 % of the quarter-hours of at least five days, without any benchmark. Null: each such machine escapes
-- benchmarks with the share of all long-lived machines that did (at least 1 %); reported when Chernoff's bound of the
-- binomial tail is below 0.1 % after Bonferroni over models. Silent when less than half of the machines are benchmarked.
WITH machine AS (
  SELECT device_id, count(DISTINCT day) AS days, sum(bins) AS bins, min(first_at) AS first_at, max(last_at) AS last_at
  FROM rollup.device_day WHERE gpu_index = 0 GROUP BY device_id
),
steady AS (
  SELECT d.device_id, d.gpu_model, m.first_at, m.last_at,
    m.bins >= 0.95 * 96 * m.days AND coalesce(a.house, FALSE) = FALSE AND a.affiliation IS NULL AS anonymous_and_steady,
    NOT EXISTS (SELECT 1 FROM raw.benchmarks b WHERE b.device_id = d.device_id) AS untested
  FROM machine m JOIN raw.devices d ON d.device_id = m.device_id JOIN raw.accounts a ON a.account_id = d.account_id
  WHERE m.days >= 5
),
model AS (
  SELECT gpu_model, count(*) AS n, count(*) FILTER (WHERE untested) AS k, min(first_at) FILTER (WHERE untested) AS first_at,
    max(last_at) FILTER (WHERE untested) AS last_at
  FROM steady WHERE anonymous_and_steady GROUP BY gpu_model
),
rest AS (
  SELECT m.*, greatest((a.untested - m.k + 1.0) / (a.everyone - m.k + 1.0), 0.01) AS p, count(*) OVER () AS models, a.untested * 2 <= a.everyone AS judged
  FROM model m CROSS JOIN (SELECT count(*) AS everyone, count(*) FILTER (WHERE untested) AS untested FROM steady) a
)
SELECT 'fleet' AS level, concat('never_benchmarked:', gpu_model) AS metric, first_at AS valid_from, last_at AS valid_to,
  CAST(k AS DOUBLE) AS observed, CAST(round(n * p, 2) AS DOUBLE) AS expected
FROM rest
WHERE judged AND k >= 5 AND k > n * p
  AND k * ln(k / (n * p)) + CASE WHEN k < n THEN (n - k) * ln(greatest(n - k, 1) / (n * greatest(1 - p, 1e-9))) ELSE 0 END > ln(models) + ln(1000)
