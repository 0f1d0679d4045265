-- How a machine answered each probe in each 15 minutes: round trips of 0 to 60 seconds, in microseconds.
-- Networks that probe from one place, or do not say from where, have one probe without a name.
SELECT device_id, coalesce(probe_id, '') AS probe_id, bin, day_of(bin * 900000) AS day, count(*) AS pings,
  count(CASE WHEN ok THEN 1 END) AS answered, count(rtt_us) AS rtt_n,
  CAST(coalesce(sum(rtt_us), 0) AS BIGINT) AS rtt_sum_us
FROM (
  SELECT device_id, probe_id, ok, idiv(occurred_at, 900000) AS bin,
    CAST(CASE WHEN ok AND rtt_ms BETWEEN 0 AND 60000 THEN round(rtt_ms * 1000) END AS BIGINT) AS rtt_us
  FROM loaded.pings WHERE occurred_at >= $from_ms AND occurred_at < $to_ms AND occurred_at <= $snapshot
) AS ping
GROUP BY device_id, coalesce(probe_id, ''), bin
