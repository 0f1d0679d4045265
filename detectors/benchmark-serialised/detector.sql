-- One card answers one question at a time. When a machine's runs begin late, and begin just as a run of another machine of
-- the same claimed model ends, the requests stood in one queue. Busy owners delay runs too, but not until the second in
-- which somebody else is done.
WITH run AS (
  SELECT benchmark_id, device_id, gpu_model, requested_at, started_at, finished_at, started_at - requested_at AS wait_ms,
    quantile_cont(started_at - requested_at, 0.5) OVER (PARTITION BY device_id) AS usual_ms
  FROM features.benchmark_run
  WHERE gpu_model IS NOT NULL AND requested_at IS NOT NULL AND started_at >= requested_at AND finished_at > started_at
), late AS (
  -- Later than network and set-up explain: five seconds beyond the machine's own median.
  SELECT * FROM run WHERE wait_ms > usual_ms + 5000 AND wait_ms <= 3600000
), queue AS (
  -- Another machine was being measured while this one waited, and was done within two seconds before this one began.
  SELECT l.benchmark_id, l.device_id, list(DISTINCT o.device_id ORDER BY o.device_id) AS others
  FROM (SELECT *, unnest([started_at // 2000 - 1, started_at // 2000]) AS instant FROM late) l
  JOIN run o ON o.gpu_model = l.gpu_model AND o.finished_at // 2000 = l.instant
    AND o.finished_at <= l.started_at AND o.finished_at > l.started_at - 2000
  WHERE o.device_id <> l.device_id AND o.started_at <= l.requested_at + l.wait_ms // 2
  GROUP BY l.benchmark_id, l.device_id
), rate AS (
  -- Chance that any two seconds hold the end of a run of that model.
  SELECT gpu_model, least(2000.0 * count(*) / greatest(max(finished_at) - min(started_at), 3600000), 0.5) AS p FROM run GROUP BY gpu_model
), device AS (
  SELECT l.device_id, l.gpu_model, count(*) AS late_runs, count(q.benchmark_id) AS queued,
    min(l.requested_at) FILTER (WHERE q.benchmark_id IS NOT NULL) AS first_at, max(l.finished_at) FILTER (WHERE q.benchmark_id IS NOT NULL) AS last_at
  FROM late l LEFT JOIN queue q ON q.benchmark_id = l.benchmark_id GROUP BY l.device_id, l.gpu_model
), surprise AS (
  -- Chernoff's bound of the binomial tail: exp(−n·KL(k/n ‖ p)).
  SELECT d.*, CAST(queued AS DOUBLE) / late_runs AS share, r.p,
    CASE WHEN queued <= late_runs * r.p THEN 0 ELSE queued * ln(queued / (late_runs * r.p))
      + CASE WHEN queued < late_runs THEN (late_runs - queued) * ln((1 - CAST(queued AS DOUBLE) / late_runs) / (1 - r.p)) ELSE 0 END END AS nats
  FROM device d JOIN rate r ON r.gpu_model = d.gpu_model WHERE queued > 0
), partner AS (
  SELECT device_id, list_sort(list_distinct(flatten(list(others ORDER BY benchmark_id)))) AS others FROM queue GROUP BY device_id
)
SELECT s.device_id AS subject_id,
  CASE WHEN s.nats >= 10 AND s.queued >= 3 THEN 'queue' WHEN s.nats >= 6 AND s.queued >= 2 THEN 'likely-queue' ELSE 'once' END AS level,
  CAST(NULL AS VARCHAR) AS value, p.others[1:50] AS related, (SELECT count(DISTINCT device_id) FROM run) AS tested,
  json_object('late_runs', s.late_runs, 'began_as_another_ended', s.queued, 'chance', round(s.p, 5), 'surprise_nats', round(s.nats, 2))::VARCHAR AS facts,
  s.first_at, s.last_at
FROM surprise s JOIN partner p ON p.device_id = s.device_id
WHERE s.nats >= 3
