-- One row per account and half-hour (two phases, so that no edge parts what belongs together) in which one of
-- its machines restarted: `bin` counts half-hours since 1970 (phase 1 is a quarter of an hour later), `share`
-- is the share of active accounts that restarted in it, `lift` its accounts against the median half-hour of
-- the three days around it, `started_at` its earliest restart in it, `seen_at` when the network first heard
-- from a machine that had restarted (its own clock, unlike the uptime a machine claims). Left out, since they
-- tie nobody to anybody: a machine's daily habit (restarts within a quarter of an hour of one time of day on
-- three days or more: cron), half-hours in which half of everybody restarts (client updates), and those in
-- which three tenths of a country's accounts (30 or more) restart and hardly anybody else does (outages).
WITH restart AS (
  SELECT r.device_id, d.account_id, a.country, r.started_at, r.first_at, r.started_at % 86400000 AS of_day,
    day_of(r.started_at) AS day
  FROM rollup.device_restart r
  JOIN raw.devices d ON d.device_id = r.device_id
  JOIN raw.accounts a ON a.account_id = d.account_id
),
-- A machine that restarts more than two hundred times flaps; its restarts tie it to everybody.
calm AS (
  SELECT *
  FROM restart WHERE device_id IN (SELECT device_id FROM restart GROUP BY device_id HAVING count(*) <= 200)
),
habit AS (
  SELECT a.device_id, a.started_at
  FROM calm a
  JOIN calm b
    ON b.device_id = a.device_id AND b.day <> a.day
      AND (abs(a.of_day - b.of_day) <= 900000 OR abs(a.of_day - b.of_day) >= 86400000 - 900000)
  GROUP BY a.device_id, a.started_at HAVING count(DISTINCT b.day) >= 2
),
event AS (
  SELECT r.account_id, r.country, p.phase, idiv(r.started_at - p.phase * 900000, 1800000) AS bin,
    min(r.started_at) AS started_at, min(r.first_at) AS seen_at
  FROM calm r CROSS JOIN (VALUES (0), (1)) p(phase)
  WHERE NOT EXISTS (SELECT 1 FROM habit h WHERE h.device_id = r.device_id AND h.started_at = r.started_at)
  GROUP BY ALL
),
active AS (
  SELECT country, count(*) AS n FROM (SELECT DISTINCT account_id, country FROM restart) GROUP BY country
),
everybody AS (SELECT sum(n) AS n FROM active),
counted AS (SELECT phase, bin, count(*) AS n FROM event GROUP BY phase, bin),
usual AS (
  SELECT phase, bin, n,
    quantile_cont(n, 0.5) OVER (PARTITION BY phase ORDER BY bin
      RANGE BETWEEN 72 PRECEDING AND 72 FOLLOWING) AS median
  FROM counted
),
regional AS (
  SELECT e.phase, e.bin, e.country
  FROM event e JOIN active a ON a.country = e.country JOIN counted c ON c.phase = e.phase AND c.bin = e.bin
  WHERE a.n >= 30
  GROUP BY e.phase, e.bin, e.country, a.n, c.n HAVING count(*) * 10 >= a.n * 3 AND count(*) * 10 >= c.n * 8
)
SELECT e.account_id, e.phase, e.bin, u.n, u.n / v.n AS share, u.n / greatest(u.median, 1.0) AS lift,
  CAST(v.n AS BIGINT) AS everybody, e.started_at, e.seen_at
FROM event e JOIN usual u ON u.phase = e.phase AND u.bin = e.bin CROSS JOIN everybody v
WHERE u.n * 2 <= v.n
  AND NOT EXISTS (
    SELECT 1 FROM regional r WHERE r.phase = e.phase AND r.bin = e.bin AND r.country = e.country
  )
