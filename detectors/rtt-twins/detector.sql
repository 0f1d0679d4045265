-- The lines of several accounts' machines, in different networks, are slow and lossy together: one room's uplink stands behind them.
--
-- own.rtt_room holds, for rooms found on the odd days, how far each machine's residuals of the even days stand out in their agreement
-- with the other members of the room (those with no network, autonomous system or account in common with it). Null: lines of different
-- networks are slow independently; hours and days are held against by shifting, probes and countries by their medians. A member counts with
-- 3 nats after Bonferroni over all machines, a room with four accounts that count. Where rooms would hold a third of everybody, the cause is common: silent.
--
-- Who could have done it: whoever floods a victim's line makes it late when his own machines are, and nobody makes it answer sooner.
-- So the stronger levels ask that the agreement holds among the spans, too, in which the machine was no slower than usual (z_low), and
-- in the whole room's (Stouffer's mean of its members' z_low). `one-room`: the user's address file places the members in two
-- countries or more, on lines into homes; they cannot share one. `alike`: the places are only those that accounts name, two or more.
-- `nearby`: one country, where lines meet at one exchange, or an agreement that an outsider could have brought about.
WITH counted AS (
  SELECT * FROM own.rtt_room WHERE nats >= 3
),
room AS (
  SELECT room, count(DISTINCT account_id) AS accounts, count(DISTINCT device_id) AS machines,
    count(DISTINCT country) AS countries, count(DISTINCT country) FILTER (WHERE placed) AS places, fsum(z_low) / sqrt(count(*)) AS room_low, list(DISTINCT account_id ORDER BY account_id)[1:51] AS ids
  FROM counted GROUP BY room HAVING count(DISTINCT account_id) >= 4
),
member AS (
  SELECT room, account_id, max(nats) AS nats, max(z) AS z, max(z_low) AS z_low, max(spans) AS spans, bool_or(placed) AS placed, max(measured) AS measured
  FROM counted GROUP BY room, account_id
)
SELECT m.account_id AS subject_id,
  CASE WHEN r.countries < 2 OR m.z_low < 1 OR r.room_low < 3 THEN 'nearby' WHEN r.places >= 2 AND m.placed AND m.nats >= 6 THEN 'one-room' ELSE 'alike' END AS level,
  concat('line of ', r.room) AS value,
  list_filter(r.ids, lambda id: id <> m.account_id)[1:50] AS related,
  m.measured AS tested,
  CAST(json_object('accounts', r.accounts, 'machines', r.machines, 'countries', r.countries, 'spans', m.spans, 'z', round(m.z, 1), 'z_when_not_slow', round(m.z_low, 1), 'nats', round(m.nats, 1)) AS VARCHAR) AS facts,
  CAST(NULL AS BIGINT) AS first_at, CAST(NULL AS BIGINT) AS last_at
FROM member m JOIN room r ON r.room = m.room
WHERE (SELECT count(DISTINCT account_id) FROM counted) * 3 <= m.measured
