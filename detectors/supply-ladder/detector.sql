-- Cards that exist climb the ladder at everybody's pace: registered, heard, answering, benchmarked. The unit is the account, for
-- the machines of one owner are off, filtered or untested together. Per model and step: accounts none of whose machines
-- of the model gets there. Null: they fail at the rate of the accounts of all other models. Demand differs by model, so
-- renting is compared within one: machines that were never benchmarked against those that were.
WITH beat AS (
  SELECT device_id, count(DISTINCT day) AS days, min(first_at) AS first_at, max(last_at) AS last_at FROM rollup.device_day GROUP BY device_id
), probe AS (
  SELECT device_id, sum(pings) AS pings, sum(answered) AS answered FROM rollup.ping_day GROUP BY device_id
), machine AS (
  SELECT d.device_id, d.account_id, d.gpu_model, d.registered_at, least(greatest(d.gpu_count, 1), 1000) AS cards, coalesce(b.days, 0) AS days,
    coalesce(p.pings, 0) AS pings, coalesce(p.answered, 0) AS answered,
    EXISTS (SELECT 1 FROM raw.benchmarks r WHERE r.device_id = d.device_id AND r.measured_by = 'network') AS measured,
    EXISTS (SELECT 1 FROM raw.rentals r WHERE r.device_id = d.device_id) AS rented
  FROM raw.devices d LEFT JOIN beat b ON b.device_id = d.device_id LEFT JOIN probe p ON p.device_id = d.device_id
  WHERE d.registered_at <= $snapshot - 172800000
), step AS (
  SELECT 'not-heard' AS level, gpu_model, account_id, cards, days > 0 AS passed, NULL AS against FROM machine
  UNION ALL
  SELECT 'not-answering', gpu_model, account_id, cards, answered > 0, NULL FROM machine WHERE days >= 2 AND pings >= 20
  UNION ALL
  SELECT 'not-benchmarked', gpu_model, account_id, cards, measured, NULL FROM machine WHERE days >= 3
  UNION ALL
  SELECT 'not-rented', gpu_model, account_id, cards, rented, measured FROM machine WHERE days >= 3
), account AS (
  SELECT level, gpu_model, against, account_id, bool_or(passed) AS passed, sum(cards) AS cards, coalesce(sum(cards) FILTER (passed), 0) AS passing
  FROM step GROUP BY level, gpu_model, against, account_id
), model AS (
  SELECT level, gpu_model, against, count(*) AS n, count(*) FILTER (WHERE NOT passed) AS k, sum(cards) AS cards, sum(passing) AS passing
  FROM account GROUP BY level, gpu_model, against
), rate AS (
  -- Against all other models; for renting against the benchmarked machines of the same model.
  SELECT m.level, m.gpu_model, m.n, m.k, m.cards, m.passing, sum(o.k) AS other_k, sum(o.n) AS other_n
  FROM model m JOIN model o ON o.level = m.level
    AND CASE WHEN m.level = 'not-rented' THEN o.gpu_model = m.gpu_model AND o.against ELSE o.gpu_model <> m.gpu_model END
  WHERE m.level <> 'not-rented' OR NOT m.against
  GROUP BY m.level, m.gpu_model, m.n, m.k, m.cards, m.passing
), judged AS (
  SELECT *, greatest((other_k + 1.0) / (other_n + 2.0), 0.02) AS p, count(*) OVER () AS tests FROM rate
  -- A step that most others do not take either says nothing; fewer than twenty others set no rate.
  WHERE other_n >= 20 AND other_k * 2 <= other_n
)
SELECT level, concat(level, ':', gpu_model) AS metric, (SELECT min(first_at) FROM beat) AS valid_from, $snapshot AS valid_to,
  CAST(passing AS DOUBLE) AS observed, CAST(round(cards * (1 - p), 1) AS DOUBLE) AS expected
FROM judged
WHERE k >= 5 AND k > n * p
  AND k * ln(k / (n * p)) + CASE WHEN k < n THEN (n - k) * ln((n - k) / (n * (1 - p))) ELSE 0 END > ln(tests) + ln(1000)
