-- NVIDIA's driver derives a card's uuid from the silicon, so its bits look random and one in 64 happens to have the version
-- and variant bits of an RFC 4122 random uuid; what a uuid library mints has them always. Of the distinct cards of one
-- owner more of that shape than chance allows are minted; among the cards behind one address, where others may have put
-- theirs, it is a lead. Spellings no driver prints are minted too.
WITH card AS (
  SELECT g.device_id, d.account_id, coalesce(g.seen_at, d.registered_at) AS seen, g.gpu_uuid AS printed, uuid_canonical(g.gpu_uuid) AS uuid
  FROM raw.gpus g JOIN raw.devices d ON d.device_id = g.device_id
  WHERE uuid_canonical(g.gpu_uuid) IS NOT NULL AND starts_with(uuid_canonical(g.gpu_uuid), 'GPU-')
), shaped AS (
  SELECT *, substr(uuid, 19, 1) = '4' AND substr(uuid, 24, 1) IN ('8', '9', 'a', 'b') AS v4,
    regexp_matches(substr(printed, 5), '[A-F]') AS upper_case,
    -- vGPU guests and mocks: trailing zeros have chance 2^-32 in silicon, a prefix of zeros likewise.
    right(uuid, 8) = '00000000' OR regexp_matches(uuid, '^GPU-0{8}-') AS zeros,
    -- Version 1, of the years 2018 to 2027, as hypervisors give them to vGPU guests: chance in silicon 11/65536 × 1/4.
    regexp_matches(uuid, '^GPU-[0-9a-f]{8}-[0-9a-f]{4}-11(e[89a-f]|f[0-2])-[89ab]') AS time_based
  FROM card
), agent AS (
  -- A client that upper-cases all it sends makes upper case say nothing; one vote per account.
  SELECT count(*) FILTER (WHERE upper_case) AS upper_accounts, count(*) AS accounts
  FROM (SELECT account_id, bool_and(upper_case OR NOT regexp_matches(uuid, '[a-f]')) AS upper_case FROM shaped GROUP BY account_id)
), address AS (
  SELECT ip, ip_subscriber(ip) AS place FROM (SELECT DISTINCT ip FROM rollup.device_ip_day) WHERE ip_is_public(ip)
), place AS (
  SELECT DISTINCT device_id, 'owner' AS kind, account_id AS place FROM shaped
  UNION
  SELECT DISTINCT i.device_id, 'address', a.place FROM rollup.device_ip_day i JOIN address a ON a.ip = i.ip
  WHERE a.place IS NOT NULL AND i.messages >= 10 AND i.device_id IN (SELECT device_id FROM shaped)
), tail AS (
  SELECT p.kind, p.place, count(DISTINCT s.uuid) AS n, count(DISTINCT s.uuid) FILTER (WHERE s.v4) AS k
  FROM place p JOIN shaped s ON s.device_id = p.device_id GROUP BY p.kind, p.place
), surprise AS (
  -- Chernoff's bound on the binomial tail: P(K ≥ k) ≤ exp(−n·KL(k/n ‖ 1/64)); exact for k = n.
  SELECT *, CASE WHEN k = n THEN n * ln(64)
      WHEN k * 64 > n THEN k * ln(64.0 * k / n) + (n - k) * ln(CAST(n - k AS DOUBLE) / n * 64 / 63) ELSE 0 END AS nats
  FROM tail
), sequence AS (
  -- Counted uuids of one owner differ in a few hexadecimal digits seen one end; silicon shares no 24 digits.
  SELECT account_id, end_of, part, count(DISTINCT uuid) AS n FROM (
    SELECT account_id, uuid, 'start' AS end_of, substr(replace(uuid, '-', ''), 4, 24) AS part FROM shaped
    UNION ALL SELECT account_id, uuid, 'rest', right(replace(uuid, '-', ''), 24) FROM shaped
  ) GROUP BY account_id, end_of, part HAVING count(DISTINCT uuid) >= 2
), finding AS (
  SELECT device_id, seen, uuid, CASE WHEN kind = 'address' AND nats >= 7.5 AND k >= 2 THEN 'neighbours'
      WHEN nats >= 12 AND k >= 3 THEN 'minted' WHEN nats >= 7.5 AND k >= 2 THEN 'likely-minted' ELSE 'one' END AS level, n, k, nats
  FROM (
    SELECT s.device_id, s.seen, s.uuid, x.kind, x.n, x.k, x.nats, min(x.nats) OVER (PARTITION BY s.device_id, s.uuid) AS least
    FROM shaped s JOIN place p ON p.device_id = s.device_id JOIN surprise x ON x.kind = p.kind AND x.place = p.place
    WHERE s.v4
  -- One card of that shape among several others is what chance gives.
  ) WHERE least >= 4 OR nats >= 7.5
  UNION ALL
  SELECT s.device_id, s.seen, s.uuid, 'counted', q.n, q.n, ln(16) * 24 FROM shaped s JOIN sequence q
    ON q.account_id = s.account_id AND ((q.end_of = 'start' AND q.part = substr(replace(s.uuid, '-', ''), 4, 24))
      OR (q.end_of = 'rest' AND q.part = right(replace(s.uuid, '-', ''), 24)))
  UNION ALL
  SELECT s.device_id, s.seen, s.uuid, 'zeros', 1, 1, ln(2) * 32 FROM shaped s WHERE s.zeros
  UNION ALL
  SELECT s.device_id, s.seen, s.uuid, 'time-based', 1, 1, ln(65536.0 * 4 / 11) FROM shaped s WHERE s.time_based
  UNION ALL
  SELECT s.device_id, s.seen, s.uuid, 'upper-case', a.accounts, a.upper_accounts, NULL FROM shaped s CROSS JOIN agent a
  WHERE s.upper_case AND a.upper_accounts * 5 < a.accounts
), ranked AS (
  -- One finding per device, its strongest: every card minted by the same tool is the same fact.
  SELECT *, min(seen) OVER d AS first_at, max(seen) OVER d AS last_at,
    row_number() OVER (PARTITION BY device_id ORDER BY
      list_position(['minted', 'upper-case', 'counted', 'zeros', 'time-based', 'likely-minted', 'neighbours', 'one'], level), nats DESC, n, uuid) AS r
  FROM finding WINDOW d AS (PARTITION BY device_id)
)
SELECT f.device_id AS subject_id, f.level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT count(DISTINCT uuid) FROM shaped) AS tested,
  json_object('uuid', f.uuid, 'cards_compared', f.n, 'of_that_shape', f.k, 'surprise_nats', round(f.nats, 2))::VARCHAR AS facts,
  f.first_at, f.last_at
FROM ranked f JOIN features.device_claim c ON c.device_id = f.device_id
-- Declared slices carry minted uuids by design.
WHERE r = 1 AND NOT c.declared_slice
