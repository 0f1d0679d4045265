-- Cards of their own do not feel each other. One card divides its throughput: n runs at once get one nth each, and over a run the
-- share follows from the seconds that others were beside it. A machine whose bandwidth and compute fall by just that share, when
-- runs of other machines fall too, and hardly ever otherwise, shares their card. Owners' own work falls at any hour and by any amount.
SELECT device_id AS subject_id,
  CASE WHEN nats >= 13 AND matched >= 2 AND matched > 2 * alone_fallen THEN 'one-card' WHEN nats >= 6 AND matched > alone_fallen THEN 'likely-one-card' ELSE 'met-once' END AS level,
  CAST(NULL AS VARCHAR) AS value, related,
  (SELECT count(DISTINCT device_id) FROM own.benchmark_fall) AS tested,
  json_object('runs', runs, 'runs_while_another_fell', met, 'fell_by_the_shared_time', matched, 'days', days, 'runs_alone', alone, 'fell_alone', alone_fallen,
    'log_throughput_on_log_concurrency', slope, 'surprise_nats', nats)::VARCHAR AS facts,
  first_at, last_at
FROM own.contention
WHERE nats >= 4
