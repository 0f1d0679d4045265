-- One card answers one question at a time. When a machine's runs begin late, and begin just as a run of
-- another machine of the same claimed model ends, the requests stood in one queue.
WITH queue AS (
  SELECT benchmark_id, max(chance) AS chance, list(other ORDER BY other) AS others
  FROM own.benchmark_queue GROUP BY benchmark_id
),
device AS (
  SELECT device_id, fsum(chance) / count(chance) AS p, count(*) AS late_runs, count(chance) AS queued,
    min(requested_at) FILTER (chance > 0) AS first_at, max(finished_at) FILTER (chance > 0) AS last_at,
    list_sort(list_distinct(flatten(list(others ORDER BY benchmark_id) FILTER (chance > 0)))) AS others,
    chernoff_nats(late_runs, queued, p) AS nats
  FROM own.benchmark_wait LEFT JOIN queue USING (benchmark_id) WHERE late AND wait_ms <= hour_ms()
  GROUP BY device_id HAVING count(chance) > 0
),
extent AS (
  SELECT device_id, min(requested_at) AS first_at, max(finished_at) AS last_at
  FROM own.benchmark_wait GROUP BY device_id
),
named AS (
  SELECT device_id, level, others[1:50] AS related, first_at, last_at,
    json_object('late_runs', late_runs, 'began_as_another_ended', queued, 'chance', round(p, 5),
      'surprise_nats', round(nats, 2)) AS facts
  FROM device
  JOIN (
    VALUES ('queue', $queue_nats, $queue_runs), ('likely-queue', $likely_nats, 2), ('once', $once_nats, 1)
  ) l(level, least, runs)
    ON nats >= least AND queued >= runs
  UNION ALL
  -- The set was found on other days than those on which its waits were tested.
  SELECT device_id, 'shared-queue', related, first_at, last_at,
    json_object('machines', machines, 'requests_in_flight_together', q.overlaps, 'p', p, 'sets_tested', sets,
      'nats', nats)
  FROM own.queue q JOIN extent USING (device_id) WHERE nats >= $shared_nats
)
SELECT device_id AS subject_id, level, related, (SELECT count(*) FROM extent) AS tested,
  facts::VARCHAR AS facts, first_at, last_at
FROM named
