-- Each member of a group whose machines restart together, judged alone: likelihood ratio over the group's
-- events, which are the half-hours, a quarter of an hour apart, in which most of its members restarted.
WITH team AS (
  SELECT label AS lockstep, member AS account_id, count(*) OVER (PARTITION BY label) AS n
  FROM features.activity_lockstep WHERE best
),
here AS (
  SELECT g.lockstep, g.n, r.account_id, r.bin * 2 + r.phase AS quarter, r.phase, r.started_at, r.seen_at
  FROM team g JOIN features.activity_restart r USING (account_id)
),
counted AS (
  SELECT lockstep, quarter, n AS members, count(*) AS n,
    CAST(quantile_cont(started_at, 0.5) AS BIGINT) AS middle
  FROM here GROUP BY ALL
),
event AS (
  SELECT c.lockstep, c.quarter, c.middle
  FROM counted c
  LEFT JOIN counted before ON before.lockstep = c.lockstep AND before.quarter = c.quarter - 1
  LEFT JOIN counted after ON after.lockstep = c.lockstep AND after.quarter = c.quarter + 1
  WHERE c.n >= $least_events AND c.n * $event_part >= c.members AND c.n > coalesce(before.n, 0)
    AND c.n >= coalesce(after.n, 0)
),
-- Restarts stand in two half-hours each, one per phase; one of them is enough here.
kept AS (
  SELECT e.lockstep, e.quarter, h.account_id, min(h.seen_at) AS seen_at,
    count(*) OVER (PARTITION BY e.lockstep, e.quarter) AS n
  FROM event e
  JOIN here h
    ON h.lockstep = e.lockstep AND h.phase = 0
      AND abs(h.started_at - e.middle) <= $tolerance_min * minute_ms()
  GROUP BY e.lockstep, e.quarter, h.account_id
),
ahead AS (SELECT *, came_alone_first(seen_at, TRUE, (lockstep, quarter)) AS ahead FROM kept),
crowd AS (
  SELECT m.middle, count(DISTINCT r.account_id) AS n, max(r.everybody) AS everybody
  FROM (SELECT DISTINCT middle FROM event) m
  JOIN features.activity_restart r
    ON r.phase = 0
      AND r.started_at BETWEEN m.middle - $tolerance_min * minute_ms()
        AND m.middle + $tolerance_min * minute_ms()
  GROUP BY m.middle
),
busy AS (
  SELECT account_id, greatest(count(*) * count(*) OVER () / sum(count(*)) OVER (), 1.0) AS times
  FROM features.activity_restart GROUP BY account_id
),
placed AS (
  SELECT g.lockstep, g.account_id, e.quarter, k.account_id IS NOT NULL AS hit, k.ahead, c.everybody,
    least(greatest((c.n - m.n + 1.0) / (c.everybody - m.n + 2.0), $least_share) * b.times, $member_keeps) AS q
  FROM team g
  JOIN event e ON e.lockstep = g.lockstep
  JOIN (SELECT DISTINCT lockstep, quarter, n FROM kept) m ON m.lockstep = e.lockstep AND m.quarter = e.quarter
  JOIN crowd c ON c.middle = e.middle
  JOIN busy b ON b.account_id = g.account_id
  LEFT JOIN ahead k ON k.lockstep = e.lockstep AND k.quarter = e.quarter AND k.account_id = g.account_id
)
SELECT lockstep, account_id, count(*) AS events, count(*) FILTER (WHERE hit) AS kept,
  count(*) FILTER (WHERE ahead) AS ahead,
  count(DISTINCT day_of(quarter * $quarter_min * minute_ms())) FILTER (WHERE hit) AS days,
  max(everybody) AS everybody, min(quarter) * $quarter_min * minute_ms() AS first_at,
  (max(quarter) + 2) * $quarter_min * minute_ms() AS last_at,
  fsum(CASE WHEN hit THEN ln($member_keeps / q) ELSE ln((1 - $member_keeps) / (1 - q)) END) AS llr
FROM placed GROUP BY lockstep, account_id
