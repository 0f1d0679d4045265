-- Runs that began late, and within two seconds after the end of a run of another machine of the same claimed model that was
-- under way during the wait: one row per late run and such machine. Late is five seconds beyond the machine's own median.
WITH late AS (
  SELECT * FROM own.benchmark_wait WHERE wait_ms > usual_ms + 5000 AND wait_ms <= 3600000
), rate AS (
  -- Chance that any two seconds hold the end of a run of that model.
  SELECT class, least(2000.0 * count(*) / greatest(max(finished_at) - min(started_at), 3600000), 0.5) AS chance
  FROM own.benchmark_wait GROUP BY class
)
SELECT l.benchmark_id, l.device_id, o.device_id AS other, l.requested_at, r.chance, min(l.started_at - o.finished_at) AS gap_ms
FROM (SELECT *, unnest([started_at // 2000 - 1, started_at // 2000]) AS instant FROM late) l
JOIN own.benchmark_wait o ON o.class = l.class AND o.finished_at // 2000 = l.instant
  AND o.finished_at <= l.started_at AND o.finished_at > l.started_at - 2000
JOIN rate r ON r.class = l.class
WHERE o.device_id <> l.device_id AND o.started_at <= l.requested_at + l.wait_ms // 2
GROUP BY l.benchmark_id, l.device_id, o.device_id, l.requested_at, r.chance
