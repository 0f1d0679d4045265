-- NVIDIA's driver derives a card's uuid from the silicon, so one in 64 happens to have the form of an RFC
-- 4122 random uuid; what a library mints has it always. Spellings that no driver prints are minted too.
WITH shaped AS (
  SELECT i.device_id, i.account_id, i.told_at AS seen, i.uuid, c.declared_slice,
    substr(i.uuid, 19, 1) = '4' AND substr(i.uuid, 24, 1) IN ('8', '9', 'a', 'b') AS v4,
    regexp_matches(substr(i.printed, 5), '[A-F]') AS upper_case,
    right(i.uuid, 8) = '00000000' OR regexp_matches(i.uuid, '^GPU-0{8}-') AS zeros,
    -- Version 1, of the years 2018 to 2027, as hypervisors give them to vGPU guests.
    regexp_matches(i.uuid, '^GPU-[0-9a-f]{8}-[0-9a-f]{4}-11(e[89a-f]|f[0-2])-[89ab]') AS time_based
  FROM features.card_identity i JOIN features.device_claim c USING (device_id)
  WHERE starts_with(i.uuid, 'GPU-')
),
agent AS (
  -- A client that upper-cases all it sends makes upper case say nothing; one vote per account.
  SELECT count(*) FILTER (WHERE upper_case) AS upper_accounts, count(*) AS accounts
  FROM (
    SELECT account_id, bool_and(upper_case OR NOT regexp_matches(uuid, '[a-f]')) AS upper_case
    FROM shaped GROUP BY account_id
  )
),
address AS (
  SELECT ip, ip_subscriber(ip) AS place
  FROM (SELECT DISTINCT ip FROM rollup.device_ip_day) WHERE ip_is_public(ip)
),
place AS (
  SELECT DISTINCT device_id, 'owner' AS kind, account_id AS place FROM shaped
  UNION
  SELECT DISTINCT i.device_id, 'address', a.place
  FROM rollup.device_ip_day i JOIN address a USING (ip)
  WHERE a.place IS NOT NULL AND i.messages >= $least_messages
    AND i.device_id IN (SELECT device_id FROM shaped)
),
surprise AS (
  -- Chernoff's bound of the binomial tail, exact for k = n.
  SELECT p.kind, p.place, count(DISTINCT s.uuid) AS n, count(DISTINCT s.uuid) FILTER (WHERE s.v4) AS k,
    CASE WHEN k = n THEN n * ln($one_in) ELSE chernoff_nats(n, k, 1 / $one_in) END AS nats
  FROM place p JOIN shaped s USING (device_id) GROUP BY p.kind, p.place
),
ending AS (
  -- Counted uuids differ in a few hexadecimal digits seen from one end.
  SELECT *,
    list_value('start' || substr(replace(uuid, '-', ''), 4, $shared_digits),
      'end' || right(replace(uuid, '-', ''), $shared_digits)) AS ends
  FROM shaped
),
sequence AS (
  SELECT account_id, part, count(DISTINCT uuid) AS n
  FROM (SELECT account_id, uuid, unnest(ends) AS part FROM ending)
  GROUP BY account_id, part HAVING count(DISTINCT uuid) >= 2
),
placed AS (
  SELECT s.*, x.kind, x.n, x.k, x.nats, min(x.nats) OVER (PARTITION BY s.device_id, s.uuid) AS least
  FROM shaped s JOIN place p USING (device_id) JOIN surprise x USING (kind, place) WHERE s.v4
),
finding AS (
  SELECT device_id, seen, uuid, declared_slice, level, n, k, nats
  FROM placed CROSS JOIN (VALUES ('neighbours'), ('minted'), ('likely-minted'), ('one')) l(level)
  -- One card of that shape among several others is what chance gives.
  WHERE CASE level WHEN 'one' THEN least >= $one_nats
    ELSE k >= 2 AND nats >= $likely_nats AND (kind = 'address') = (level = 'neighbours')
      AND (level <> 'minted' OR (nats >= $minted_nats AND k >= $minted_cards)) END
  UNION ALL
  SELECT s.device_id, s.seen, s.uuid, s.declared_slice, 'counted', q.n, q.n,
    ln($digit_values) * $shared_digits
  FROM ending s JOIN sequence q ON q.account_id = s.account_id AND list_contains(s.ends, q.part)
  UNION ALL
  SELECT device_id, seen, uuid, declared_slice, 'zeros', 1, 1, ln(2) * $zero_bits FROM shaped WHERE zeros
  UNION ALL
  SELECT device_id, seen, uuid, declared_slice, 'time-based', 1, 1, ln($dated_one_in)
  FROM shaped WHERE time_based
  UNION ALL
  SELECT s.device_id, s.seen, s.uuid, s.declared_slice, 'upper-case', a.accounts, a.upper_accounts, NULL
  FROM shaped s CROSS JOIN agent a WHERE s.upper_case AND a.upper_accounts < a.accounts * $habit_share
)
SELECT device_id AS subject_id, level, (SELECT count(DISTINCT uuid) FROM shaped) AS tested,
  json_object('uuid', uuid, 'cards_compared', n, 'of_that_shape', k,
    'surprise_nats', round(nats, 2))::VARCHAR AS facts,
  min(seen) OVER device AS first_at, max(seen) OVER device AS last_at
FROM finding
-- Every card minted by the same tool is the same fact. Declared slices carry minted uuids by design.
WHERE NOT declared_slice
WINDOW device AS (PARTITION BY device_id)
QUALIFY row_number() OVER (PARTITION BY device_id, level ORDER BY nats DESC, n, uuid) = 1
