-- An account's day: one row per account, half of the days (odd and even ones since 1970, so that what is
-- found on one is tested on the other) and hour in UTC. `present`: share of quarter hours in which its
-- machines were heard from; `load`: their mean utilization, 0..1; `actions`: ln(1 + missions per day).
-- Accounts heard from on enough days of each half.
WITH grid AS (
  SELECT d.account_id, g.device_id, g.bin, g.day, g.day % 2 AS half,
    idiv(g.bin % ($hours * $quarters), $quarters) AS hour, g.util_n, g.util_sum_cp
  FROM rollup.device_grid g JOIN raw.devices d USING (device_id)
),
heard AS (
  SELECT account_id, half, count(DISTINCT (device_id, day)) AS machine_days, count(DISTINCT day) AS days
  FROM grid GROUP BY account_id, half HAVING count(DISTINCT day) >= $least_days
),
hourly AS (
  SELECT account_id, half, hour, count(DISTINCT (device_id, bin)) AS quarters,
    sum(util_sum_cp) / nullif(sum(util_n), 0) AS util_cp
  FROM grid GROUP BY account_id, half, hour
),
acted AS (
  SELECT account_id, day_of(occurred_at) % 2 AS half, idiv(occurred_at % day_ms(), hour_ms()) AS hour,
    count(*) AS n
  FROM raw.engagement GROUP BY ALL
)
SELECT h.account_id, h.half, t.hour,
  round(coalesce(y.quarters, 0) / ($quarters * h.machine_days), 4) AS present,
  round(coalesce(y.util_cp, 0) / $ten_thousandths, 4) AS load,
  round(ln(1 + coalesce(a.n, 0) / h.days), 4) AS actions
FROM heard h
CROSS JOIN (SELECT unnest(range($hours)) AS hour) t
LEFT JOIN hourly y USING (account_id, half, hour)
LEFT JOIN acted a USING (account_id, half, hour)
WHERE h.account_id IN (SELECT account_id FROM heard GROUP BY account_id HAVING count(*) = 2)
