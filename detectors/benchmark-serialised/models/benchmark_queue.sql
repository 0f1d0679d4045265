-- Late runs that began just after the end of a run of another machine of the model that was under way during
-- the wait: one row per run and machine, with the chance that any such moment holds such an end.
WITH rate AS (
  SELECT class, $just_ms * count(*) / greatest(max(finished_at) - min(started_at), hour_ms()) AS ends
  FROM own.benchmark_wait GROUP BY class
)
SELECT l.benchmark_id, l.device_id, o.device_id AS other, l.requested_at, least(r.ends, 0.5) AS chance,
  min(l.started_at - o.finished_at) AS gap_ms
FROM (
  SELECT *, unnest([started_at // $just_ms - 1, started_at // $just_ms]) AS instant
  FROM own.benchmark_wait WHERE late AND wait_ms <= hour_ms()
) l
JOIN own.benchmark_wait o
  ON o.class = l.class AND o.finished_at // $just_ms = l.instant AND o.finished_at <= l.started_at
    AND o.finished_at > l.started_at - $just_ms
JOIN rate r ON r.class = l.class
WHERE o.device_id <> l.device_id AND o.started_at <= l.requested_at + l.wait_ms // 2
GROUP BY ALL
