-- Saying online is not being there. On days that a machine sent heartbeats nearly throughout, or that the front end showed it
-- online throughout, the network's probes went unanswered. A router that drops every probe looks the same, so a machine
-- that the network benchmarked, which it had to reach, is never named, and one that never answered at all only weakly.
WITH online AS (
  SELECT device_id, day, 'heartbeat' AS says FROM (
    SELECT device_id, day, bit_count(bit_or(bins_low)) + bit_count(bit_or(bins_high)) AS bins
    FROM rollup.device_day GROUP BY device_id, day
  ) WHERE bins >= 86
  UNION ALL
  SELECT p.device_id, p.day, 'shown' FROM rollup.ping_day p JOIN (
    SELECT device_id, status, occurred_at AS from_ms,
      coalesce(lead(occurred_at) OVER (PARTITION BY device_id ORDER BY occurred_at, status), $snapshot) AS until_ms
    FROM (
      SELECT device_id, status, occurred_at, lag(status) OVER (PARTITION BY device_id ORDER BY occurred_at, status) AS before
      FROM (SELECT DISTINCT device_id, status, occurred_at FROM raw.shown_status)
    ) WHERE before IS DISTINCT FROM status
  ) s ON s.device_id = p.device_id AND s.status = 'online' AND s.from_ms <= p.first_at AND s.until_ms >= p.last_at
), device AS (
  SELECT o.device_id, o.says, count(*) AS days, CAST(sum(p.pings) AS BIGINT) AS pings, CAST(sum(p.answered) AS BIGINT) AS answered,
    min(p.first_at) AS first_at, max(p.last_at) AS last_at
  FROM online o JOIN rollup.ping_day p ON p.device_id = o.device_id AND p.day = o.day GROUP BY o.device_id, o.says
), ever AS (
  SELECT device_id, sum(answered) AS answered FROM rollup.ping_day GROUP BY device_id
), judged AS (
  SELECT d.*, CASE WHEN e.answered = 0 THEN 'never-answered' WHEN d.says = 'shown' THEN 'shown-not-there' ELSE 'beats-not-there' END AS level
  FROM device d JOIN ever e ON e.device_id = d.device_id
  WHERE d.pings >= 50 AND d.days >= 2 AND d.answered * 5 < d.pings
    AND d.device_id NOT IN (SELECT device_id FROM features.benchmark_run)
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY device_id ORDER BY list_position(['shown-not-there', 'beats-not-there', 'never-answered'], level), says) AS k
  FROM judged
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT count(DISTINCT device_id) FROM device) AS tested,
  json_object('says', says, 'probes_while_online', pings, 'answered', answered, 'days', days)::VARCHAR AS facts,
  first_at, last_at
FROM ranked WHERE k = 1
