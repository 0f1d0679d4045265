-- One card answers one question at a time. When a machine's runs begin late, and begin just as a run of another machine of
-- the same claimed model ends, the requests stood in one queue. Busy owners delay runs too, but not until the second in
-- which somebody else is done.
WITH late AS (
  -- Later than network and set-up explain: five seconds beyond the machine's own median.
  SELECT * FROM own.benchmark_wait WHERE wait_ms > usual_ms + 5000 AND wait_ms <= 3600000
), queue AS (
  -- Another machine was being measured while this one waited, and was done within two seconds before this one began.
  SELECT benchmark_id, device_id, max(chance) AS chance, list(other ORDER BY other) AS others FROM own.benchmark_queue GROUP BY benchmark_id, device_id
), device AS (
  SELECT l.device_id, max(q.chance) AS p, count(*) AS late_runs, count(q.benchmark_id) AS queued,
    min(l.requested_at) FILTER (WHERE q.benchmark_id IS NOT NULL) AS first_at, max(l.finished_at) FILTER (WHERE q.benchmark_id IS NOT NULL) AS last_at
  FROM late l LEFT JOIN queue q ON q.benchmark_id = l.benchmark_id GROUP BY l.device_id
), surprise AS (
  -- Chernoff's bound of the binomial tail: exp(−n·KL(k/n ‖ p)).
  SELECT d.*, CAST(queued AS DOUBLE) / late_runs AS share,
    CASE WHEN queued <= late_runs * d.p THEN 0 ELSE queued * ln(queued / (late_runs * d.p))
      + CASE WHEN queued < late_runs THEN (late_runs - queued) * ln((1 - CAST(queued AS DOUBLE) / late_runs) / (1 - d.p)) ELSE 0 END END AS nats
  FROM device d WHERE queued > 0
), partner AS (
  SELECT device_id, list_sort(list_distinct(flatten(list(others ORDER BY benchmark_id)))) AS others FROM queue GROUP BY device_id
)
SELECT s.device_id AS subject_id,
  CASE WHEN s.nats >= 10 AND s.queued >= 3 THEN 'queue' WHEN s.nats >= 6 AND s.queued >= 2 THEN 'likely-queue' ELSE 'once' END AS level,
  CAST(NULL AS VARCHAR) AS value, p.others[1:50] AS related, (SELECT count(DISTINCT device_id) FROM own.benchmark_wait) AS tested,
  json_object('late_runs', s.late_runs, 'began_as_another_ended', s.queued, 'chance', round(s.p, 5), 'surprise_nats', round(s.nats, 2))::VARCHAR AS facts,
  s.first_at, s.last_at
FROM surprise s JOIN partner p ON p.device_id = s.device_id
WHERE s.nats >= 3
UNION ALL
-- The set was found on other days than those on which its waits were tested.
SELECT q.device_id, 'shared-queue', NULL, q.related,
  (SELECT count(DISTINCT device_id) FROM own.benchmark_wait),
  json_object('machines', q.machines, 'requests_in_flight_together', q.overlaps, 'p', q.p, 'sets_tested', q.sets, 'nats', q.nats)::VARCHAR,
  (SELECT min(requested_at) FROM own.benchmark_wait w WHERE w.device_id = q.device_id), (SELECT max(finished_at) FROM own.benchmark_wait w WHERE w.device_id = q.device_id)
FROM own.queue q WHERE q.nats >= 4
