-- When a machine's client had started, as each day's messages tell it: time of arrival less uptime, to the
-- minute. One start shows as one or two neighbouring minutes, since uptime is whole seconds and messages are
-- delayed.
SELECT device_id, idiv(started_at, 60000) AS started_minute, boot_id, day, min(started_at) AS started_min,
  max(started_at) AS started_max, min(received_at) AS first_at, max(received_at) AS last_at,
  count(*) AS messages
FROM (
  SELECT device_id, boot_id, received_at, day_of(received_at) AS day,
    received_at - uptime_s * 1000 AS started_at
  FROM loaded.heartbeats
  WHERE received_at >= $from_ms AND received_at < $to_ms AND received_at <= $snapshot
    AND uptime_s BETWEEN 0 AND 315360000
) AS message
GROUP BY device_id, idiv(started_at, 60000), boot_id, day
