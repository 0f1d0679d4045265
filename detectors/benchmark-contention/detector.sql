-- Cards of their own do not feel each other. A machine whose bandwidth and compute fall by just the share
-- that runs of others take at that time, again and again and hardly ever otherwise, shares their card.
SELECT device_id AS subject_id, level, related,
  (SELECT count(DISTINCT device_id) FROM own.benchmark_fall) AS tested,
  json_object('runs', runs, 'runs_while_another_fell', met, 'fell_by_the_shared_time', matched, 'days', days,
    'runs_alone', alone, 'fell_alone', alone_fallen, 'log_throughput_on_log_concurrency', slope,
    'surprise_nats', nats)::VARCHAR AS facts,
  first_at, last_at
FROM own.contention
JOIN (
  VALUES ('one-card', $card_nats, 2, 2), ('likely-one-card', $likely_nats, 1, 1),
    ('met-once', $once_nats, 1, 0)
) l(level, least, matches, times)
  ON nats >= least AND matched >= matches AND matched > times * alone_fallen
