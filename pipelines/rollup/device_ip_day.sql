-- From which address a machine spoke on one UTC day, how often, and when first and last.
SELECT device_id, ip, day_of(received_at) AS day, count(*) AS messages, min(received_at) AS first_at,
  max(received_at) AS last_at
FROM loaded.heartbeats WHERE received_at >= $from_ms AND received_at < $to_ms AND received_at <= $snapshot
GROUP BY device_id, ip, day_of(received_at)
