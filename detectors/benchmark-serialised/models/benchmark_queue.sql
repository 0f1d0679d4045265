-- Late runs that began just after the end of a run of another machine of the model that was under way during
-- the wait: one row per run and machine, with the chance that such a meeting comes from no queue.
--
-- Runs that begin together in a round end together, so that some end stands near most moments of a round. How
-- many late runs meet one by chance, the late runs that meet none tell.
WITH late AS (
  -- Late by chance, it might have begun at any moment of a wait up to twice as long.
  SELECT *, requested_at + usual_ms + $late_ms AS earliest, requested_at + 2 * wait_ms AS latest
  FROM own.benchmark_wait WHERE late AND wait_ms <= hour_ms()
),
filled AS (
  SELECT class, instant, row_number() OVER (PARTITION BY class ORDER BY instant) AS nth
  FROM (SELECT DISTINCT class, finished_at // $just_ms AS instant FROM own.benchmark_wait)
),
crowd AS (
  -- Share of those moments that an end of the model makes pass, as odds.
  SELECT l.benchmark_id,
    least($just_ms * (coalesce(t.nth, 0) - coalesce(f.nth, 0)) / (l.latest - l.earliest), $crowded) AS share,
    share / (1 - share) AS odds
  FROM late l
  ASOF LEFT JOIN filled f ON f.class = l.class AND l.earliest // $just_ms > f.instant
  ASOF LEFT JOIN filled t ON t.class = l.class AND l.latest // $just_ms >= t.instant
),
every AS (
  SELECT l.benchmark_id, l.device_id, l.class, o.device_id AS other, l.requested_at,
    min(l.started_at - o.finished_at) AS gap_ms
  FROM (SELECT *, unnest([started_at // $just_ms - 1, started_at // $just_ms]) AS instant FROM late) l
  JOIN own.benchmark_wait o
    ON o.class = l.class AND o.finished_at // $just_ms = l.instant AND o.finished_at <= l.started_at
      AND o.finished_at > l.started_at - $just_ms
  WHERE o.device_id <> l.device_id AND o.started_at <= l.requested_at + l.wait_ms // 2
  GROUP BY ALL
),
apart AS (
  SELECT DISTINCT p.device_id, p.other
  FROM (SELECT DISTINCT device_id, other FROM every) p
  JOIN features.full_speed a ON a.device_id = p.device_id
  JOIN features.full_speed b
    ON b.device_id = p.other AND b.hour = a.hour
      AND ran_together(a.started_at, a.finished_at, b.started_at, b.finished_at)
  WHERE a.only_card AND b.only_card
),
-- Who ran at full speed in one moment stands in no queue together.
meeting AS (FROM every ANTI JOIN apart USING (device_id, other)),
rate AS (
  SELECT class, $just_ms * count(*) / greatest(max(finished_at) - min(started_at), hour_ms()) AS ends
  FROM own.benchmark_wait GROUP BY class
),
network AS (
  SELECT coalesce(fsum(odds) FILTER (benchmark_id NOT IN (SELECT benchmark_id FROM meeting)), 0) AS by_chance,
    (SELECT count(DISTINCT benchmark_id) FROM meeting) AS met
  FROM crowd
)
SELECT m.benchmark_id, m.device_id, m.other, m.requested_at,
  least(greatest((n.by_chance + c.odds) / n.met, r.ends), 0.5) AS chance, m.gap_ms
FROM meeting m
CROSS JOIN network n
JOIN crowd c ON c.benchmark_id = m.benchmark_id
JOIN rate r ON r.class = m.class
