-- Saying online is not being there: on days of heartbeats nearly throughout, or shown online throughout, the
-- network's probes went unanswered. Machines that the network benchmarked, which it had to reach, are never
-- named.
WITH online AS (
  SELECT device_id, day, 'heartbeat' AS says
  FROM rollup.device_day
  GROUP BY device_id, day HAVING bit_count(bit_or(bins_low)) + bit_count(bit_or(bins_high)) >= $day_bins
  UNION ALL
  SELECT p.device_id, p.day, 'shown'
  FROM rollup.ping_day p
  JOIN (
    SELECT device_id, status, occurred_at AS from_ms,
      coalesce(lead(occurred_at) OVER line, $snapshot) AS until_ms
    FROM (
      SELECT device_id, status, occurred_at
      FROM raw.shown_status
      QUALIFY lag(status) OVER (PARTITION BY device_id ORDER BY occurred_at, status) IS DISTINCT FROM status
    )
    WINDOW line AS (PARTITION BY device_id ORDER BY occurred_at, status)
  ) s
    ON s.device_id = p.device_id AND s.status = 'online' AND s.from_ms <= p.first_at
      AND s.until_ms >= p.last_at
),
judged AS (
  SELECT device_id, says, count(*) AS days, CAST(sum(p.pings) AS BIGINT) AS pings,
    CAST(sum(p.answered) AS BIGINT) AS answered, min(p.first_at) AS first_at, max(p.last_at) AS last_at
  FROM online JOIN rollup.ping_day p USING (device_id, day) GROUP BY device_id, says
),
ever AS (SELECT device_id, sum(answered) = 0 AS never FROM rollup.ping_day GROUP BY device_id),
named AS (
  SELECT *,
    unnest(CASE WHEN never THEN ['never-answered'] ELSE [] END
      || CASE WHEN says = 'shown' THEN ['shown-not-there']
        WHEN never THEN []
        ELSE ['beats-not-there'] END) AS level
  FROM judged JOIN ever USING (device_id)
  WHERE pings >= $least_probes AND days >= 2 AND answered < $answered_share * pings
    AND device_id NOT IN (SELECT device_id FROM features.benchmark_run)
)
SELECT device_id AS subject_id, level, (SELECT count(DISTINCT device_id) FROM judged) AS tested,
  json_object('says', says, 'probes_while_online', pings, 'answered', answered,
    'days', days)::VARCHAR AS facts,
  first_at, last_at
FROM named QUALIFY row_number() OVER (PARTITION BY device_id, level ORDER BY says) = 1
