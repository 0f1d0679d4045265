-- One row per account, half of the days (`half`: even and odd days since 1970, so that what is found on one can be tested on the other) and
-- hour of the day in UTC: `present`, the share of quarter hours in which its machines were heard from; `load`, their mean
-- utilization, 0..1; `actions`, ln(1 + missions per day) of the account. Accounts whose machines were heard from on three days or more of each half.
WITH grid AS (
  SELECT d.account_id, g.device_id, g.bin, g.day, g.day % 2 AS half, idiv(g.bin % 96, 4) AS hour, g.util_n, g.util_sum_cp
  FROM rollup.device_grid g JOIN raw.devices d ON d.device_id = g.device_id
),
heard AS (
  SELECT account_id, half, count(DISTINCT (device_id, day)) AS machine_days, count(DISTINCT day) AS days FROM grid GROUP BY account_id, half
),
steady AS (SELECT account_id FROM heard WHERE days >= 3 GROUP BY account_id HAVING count(*) = 2),
hourly AS (
  SELECT account_id, half, hour, count(DISTINCT (device_id, bin)) AS quarters, sum(util_n) AS util_n, sum(util_sum_cp) AS util_cp
  FROM grid WHERE account_id IN (SELECT account_id FROM steady)
  GROUP BY account_id, half, hour
),
acted AS (
  SELECT account_id, day_of(occurred_at) % 2 AS half, idiv(occurred_at % 86400000, 3600000) AS hour, count(*) AS n
  FROM raw.engagement GROUP BY ALL
)
SELECT h.account_id, h.half, t.hour, round(coalesce(y.quarters, 0) / (4.0 * h.machine_days), 4) AS present,
  round(coalesce(y.util_cp / nullif(y.util_n, 0), 0) / 10000.0, 4) AS load, round(ln(1 + coalesce(a.n, 0) / h.days), 4) AS actions
FROM heard h JOIN steady b ON b.account_id = h.account_id CROSS JOIN (SELECT unnest(range(24)) AS hour) t
LEFT JOIN hourly y ON y.account_id = h.account_id AND y.half = h.half AND y.hour = t.hour
LEFT JOIN acted a ON a.account_id = h.account_id AND a.half = h.half AND a.hour = t.hour
