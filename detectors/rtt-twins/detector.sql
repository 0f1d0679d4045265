-- The lines of several accounts' machines, in different networks, are slow and lossy together: one room's
-- uplink stands behind them.
WITH counted AS (SELECT * FROM own.rtt_room WHERE nats >= $least_nats),
room AS (
  SELECT room, count(DISTINCT account_id) AS accounts, count(DISTINCT device_id) AS machines,
    count(DISTINCT country) AS countries, count(DISTINCT country) FILTER (WHERE placed) AS places,
    fsum(z_low) / sqrt(count(*)) AS room_low, some_of(account_id) AS ids
  FROM counted GROUP BY room HAVING count(DISTINCT account_id) >= $least_accounts
),
member AS (
  SELECT room, account_id, max(nats) AS nats, max(z) AS z, max(z_low) AS z_low, max(spans) AS spans,
    bool_or(placed) AS placed, max(measured) AS measured
  FROM counted GROUP BY room, account_id
),
judged AS (
  -- One country's lines meet at one exchange; whoever floods a victim's line makes it late, and nobody makes
  -- it answer sooner.
  SELECT m.*, r.* EXCLUDE (room), countries >= 2 AND z_low >= 1 AND room_low >= $room_low AS apart
  FROM member m JOIN room r USING (room)
)
SELECT account_id AS subject_id, level, concat('line of ', room) AS value, others(ids, account_id) AS related,
  measured AS tested,
  json_object('accounts', accounts, 'machines', machines, 'countries', countries, 'spans', spans,
    'z', round(z, 1), 'z_when_not_slow', round(z_low, 1), 'nats', round(nats, 1))::VARCHAR AS facts
FROM judged CROSS JOIN (VALUES ('nearby'), ('alike'), ('one-room')) l(level)
WHERE apart = (level <> 'nearby') AND (level <> 'one-room' OR (places >= 2 AND placed AND nats >= $sure_nats))
  -- Where rooms would hold so many, the cause is common.
  AND (SELECT count(DISTINCT account_id) FROM counted) * $common <= measured
