-- Per model and step: accounts none of whose machines takes it (`k` of `n`), and `p`, how often the accounts
-- of other models fail it; for renting, those with benchmarked machines of the same model.
WITH beat AS (SELECT device_id, count(DISTINCT day) AS days FROM rollup.device_day GROUP BY device_id),
probe AS (
  SELECT device_id, sum(pings) AS pings, sum(answered) AS answered FROM rollup.ping_day GROUP BY device_id
),
machine AS (
  SELECT d.account_id, d.gpu_model, least(greatest(d.gpu_count, 1), $most_cards) AS cards,
    coalesce(b.days, 0) AS days, coalesce(p.pings, 0) AS pings, coalesce(p.answered, 0) AS answered,
    device_id IN (SELECT device_id FROM raw.benchmarks WHERE measured_by = 'network') AS measured,
    device_id IN (SELECT device_id FROM raw.rentals) AS rented
  FROM raw.devices d LEFT JOIN beat b USING (device_id) LEFT JOIN probe p USING (device_id)
  WHERE d.registered_at <= $snapshot - 2 * day_ms()
),
account AS (
  SELECT level, gpu_model, against, bool_or(passed) AS passed, sum(cards) AS cards,
    coalesce(sum(cards) FILTER (passed), 0) AS passing
  FROM (
    SELECT *,
      unnest([{level: 'not-heard', passed: days > 0, against: FALSE, asked: TRUE},
          {level: 'not-answering', passed: answered > 0, against: FALSE,
            asked: days >= 2 AND pings >= $least_probes},
          {level: 'not-benchmarked', passed: measured, against: FALSE, asked: days >= $least_days},
          {level: 'not-rented', passed: rented, against: measured, asked: days >= $least_days}],
        recursive := TRUE)
    FROM machine
  )
  WHERE asked
  GROUP BY level, gpu_model, against, account_id
),
model AS (
  SELECT level, gpu_model, against, count(*) AS n, count(*) FILTER (NOT passed) AS k, sum(cards) AS cards,
    sum(passing) AS passing
  FROM account GROUP BY level, gpu_model, against
),
rate AS (
  SELECT m.level, m.gpu_model, m.n, m.k, m.cards, m.passing, sum(o.k) AS other_k, sum(o.n) AS other_n
  FROM model m
  JOIN model o
    ON o.level = m.level AND (o.gpu_model = m.gpu_model) = (m.level = 'not-rented')
      AND o.against = (m.level = 'not-rented')
  WHERE NOT m.against
  GROUP BY ALL
)
-- A step that most others do not take either says nothing; few others set no rate.
SELECT *, greatest((other_k + 1.0) / (other_n + 2.0), $least_rate) AS p
FROM rate WHERE other_n >= $least_others AND other_k * 2 <= other_n
