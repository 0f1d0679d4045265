-- From which address a machine spoke on one UTC day, how often, and in which 15-minute bins: two machines share an
-- address at overlapping times when their bitmaps meet.
SELECT
  device_id,
  ip,
  day_of(received_at) AS day,
  count(*) AS messages,
  bits_or(bit_at(idiv(received_at, 900000) - day_of(received_at) * 96)) AS bins_low,
  bits_or(bit_at(idiv(received_at, 900000) - day_of(received_at) * 96 - 48)) AS bins_high,
  min(received_at) AS first_at,
  max(received_at) AS last_at
FROM loaded.heartbeats
WHERE received_at >= $from_ms AND received_at < $to_ms AND received_at <= $snapshot
GROUP BY device_id, ip, day_of(received_at)
