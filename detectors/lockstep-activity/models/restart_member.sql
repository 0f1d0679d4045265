-- Each member of a group whose machines restart together, judged alone. The group's events are the half-hours (a quarter of an
-- hour apart) in which most of its members restarted, three at least and a third of the group; an event's moment is the median
-- of those restarts. An account kept it when it restarted within twenty minutes.
--
-- Log-likelihood ratio over the group's events: kept with probability 0.7 by a member, by a stranger with the share of all
-- others that restarted then, times the account's own busyness. `ahead` counts the events in which the network heard from the
-- account, of those who kept it, alone first: it may have been mirrored. `days` counts the days of the kept events.
WITH here AS (
  SELECT g.lockstep, r.account_id, r.bin * 2 + r.phase AS quarter, r.phase, r.started_at, r.seen_at
  FROM features.activity_lockstep g JOIN features.activity_restart r USING (account_id)
),
size AS (SELECT lockstep, count(*) AS n FROM features.activity_lockstep GROUP BY lockstep),
counted AS (
  SELECT lockstep, quarter, count(*) AS n, CAST(quantile_cont(started_at, 0.5) AS BIGINT) AS middle FROM here GROUP BY lockstep, quarter
),
event AS (
  SELECT c.lockstep, c.quarter, c.middle
  FROM counted c JOIN size s USING (lockstep)
  LEFT JOIN counted before ON before.lockstep = c.lockstep AND before.quarter = c.quarter - 1
  LEFT JOIN counted after ON after.lockstep = c.lockstep AND after.quarter = c.quarter + 1
  WHERE c.n >= 3 AND c.n * 3 >= s.n AND c.n > coalesce(before.n, 0) AND c.n >= coalesce(after.n, 0)
),
-- Restarts stand in two half-hours each, one per phase; one of them is enough here.
kept AS (
  SELECT e.lockstep, e.quarter, h.account_id, min(h.seen_at) AS seen_at
  FROM event e JOIN here h ON h.lockstep = e.lockstep AND h.phase = 0 AND abs(h.started_at - e.middle) <= 1200000
  GROUP BY ALL
),
moment AS (SELECT DISTINCT middle FROM event),
crowd AS (
  SELECT m.middle, count(DISTINCT r.account_id) AS n, max(r.everybody) AS everybody
  FROM moment m JOIN features.activity_restart r ON r.phase = 0
    AND r.bin BETWEEN idiv(m.middle - 1200000, 1800000) AND idiv(m.middle + 1200000, 1800000) AND abs(r.started_at - m.middle) <= 1200000
  GROUP BY m.middle
),
busy AS (
  SELECT account_id, greatest(count(*) / (SELECT count(*) / count(DISTINCT account_id) FROM features.activity_restart), 1.0) AS times
  FROM features.activity_restart GROUP BY account_id
),
met AS (SELECT lockstep, quarter, count(*) AS n, min(seen_at) AS seen_at FROM kept GROUP BY lockstep, quarter),
alone AS (
  SELECT k.lockstep, k.quarter FROM kept k JOIN met m ON m.lockstep = k.lockstep AND m.quarter = k.quarter AND m.seen_at = k.seen_at
  GROUP BY k.lockstep, k.quarter HAVING count(*) = 1
),
placed AS (
  SELECT g.lockstep, g.account_id, e.quarter, k.account_id IS NOT NULL AS hit,
    k.seen_at = m.seen_at AND a.quarter IS NOT NULL AS ahead, c.everybody,
    least(greatest((c.n - m.n + 1.0) / (c.everybody - m.n + 2.0), 0.001) * b.times, 0.7) AS q
  FROM features.activity_lockstep g
  JOIN event e ON e.lockstep = g.lockstep
  JOIN met m ON m.lockstep = e.lockstep AND m.quarter = e.quarter
  JOIN crowd c ON c.middle = e.middle
  JOIN busy b ON b.account_id = g.account_id
  LEFT JOIN kept k ON k.lockstep = e.lockstep AND k.quarter = e.quarter AND k.account_id = g.account_id
  LEFT JOIN alone a ON a.lockstep = e.lockstep AND a.quarter = e.quarter
)
SELECT lockstep, account_id, count(*) AS events, count(*) FILTER (WHERE hit) AS kept, count(*) FILTER (WHERE ahead) AS ahead,
  count(DISTINCT idiv(quarter, 96)) FILTER (WHERE hit) AS days, max(everybody) AS everybody,
  min(quarter) * 900000 AS first_at, (max(quarter) + 2) * 900000 AS last_at,
  fsum(CASE WHEN hit THEN ln(0.7 / q) ELSE ln(0.3 / (1 - q)) END) AS llr
FROM placed GROUP BY lockstep, account_id
