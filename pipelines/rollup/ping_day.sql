-- How a machine answered the network's probes on one UTC day. Round trips of 0 to 60 seconds count, in
-- microseconds.
SELECT device_id, day, count(*) AS pings, count(CASE WHEN ok THEN 1 END) AS answered,
  bits_or(CASE WHEN ok THEN bit_at(bin) ELSE 0 END) AS bins_low,
  bits_or(CASE WHEN ok THEN bit_at(bin - 48) ELSE 0 END) AS bins_high, count(rtt_us) AS rtt_n,
  CAST(coalesce(sum(rtt_us), 0) AS BIGINT) AS rtt_sum_us, coalesce(sum(rtt_us * rtt_us), 0) AS rtt_sq,
  min(rtt_us) AS rtt_min_us, max(rtt_us) AS rtt_max_us, min(occurred_at) AS first_at,
  max(occurred_at) AS last_at
FROM (
  SELECT device_id, occurred_at, ok, day_of(occurred_at) AS day,
    idiv(occurred_at, 900000) - day_of(occurred_at) * 96 AS bin,
    CAST(CASE WHEN ok AND rtt_ms BETWEEN 0 AND 60000 THEN round(rtt_ms * 1000) END AS BIGINT) AS rtt_us
  FROM loaded.pings WHERE occurred_at >= $from_ms AND occurred_at < $to_ms AND occurred_at <= $snapshot
) AS ping
GROUP BY device_id, day
