-- Who stands on one card with whom: a device that a level declared as `sameCard` names, and each that the
-- finding relates it to. Only findings that count and that no outsider could have created join, and only
-- devices that are not clear: a stranger whose run merely met a merchant's, or whose identifiers were copied,
-- is never drawn in.
CREATE OR REPLACE TEMP TABLE card_claim AS
SELECT f.subject_id AS device_id, f.detector, f.value, f.links, f.related, f.reason, f.first_at, f.last_at
FROM evidence.finding f
JOIN evidence.same_card s ON s.detector = f.detector AND s.level = f.level
JOIN operator.worth w ON w.detector = f.detector AND w.level = f.level AND NOT w.lifted AND w.nats > 0
JOIN verdict.device d ON d.device_id = f.subject_id AND d.verdict <> 'clear'
WHERE f.subject_type = 'device' AND f.forgeable_by <> 'anyone';

-- A pair is mutual when each names the other, or both carry the same value.
CREATE OR REPLACE TEMP TABLE card_pair AS
WITH named AS (
  SELECT device_id, unnest(related) AS other, false AS same_value FROM card_claim
  UNION ALL
  SELECT device_id, min(device_id) OVER (PARTITION BY detector, value), true
  FROM card_claim WHERE links AND value IS NOT NULL
)
SELECT least(n.device_id, n.other) AS a, greatest(n.device_id, n.other) AS b,
  bool_or(n.same_value) OR count(DISTINCT n.device_id) = 2 AS mutual
FROM named n JOIN verdict.device d ON d.device_id = n.other AND d.verdict <> 'clear'
WHERE n.device_id <> n.other
GROUP BY least(n.device_id, n.other), greatest(n.device_id, n.other);

CREATE OR REPLACE TEMP TABLE card_node AS
SELECT row_number() OVER (ORDER BY id) - 1 AS no, id
FROM (SELECT a AS id FROM card_pair UNION SELECT b FROM card_pair);

-- Accounts that something else than shared cards ties together: within a cluster, the same value of a
-- detector that does not speak through devices. Each is tied to the smallest account number that has the
-- value.
CREATE OR REPLACE TEMP TABLE owner_node AS
SELECT row_number() OVER (ORDER BY account_id) - 1 AS no, account_id AS id
FROM (SELECT DISTINCT d.account_id FROM card_node n JOIN raw.devices d ON d.device_id = n.id);

CREATE OR REPLACE TEMP TABLE owner_pair AS
SELECT DISTINCT n.no AS a, min(n.no) OVER (PARTITION BY m.cluster_id, i.detector, i.value) AS b
FROM operator.incidence i
JOIN operator.member m USING (account_id)
JOIN owner_node n ON n.id = i.account_id
LEFT JOIN operator.hub h ON h.detector = i.detector AND h.value = i.value
WHERE i.solid AND h.value IS NULL AND i.detector NOT IN (SELECT detector FROM operator.worth WHERE lifted);

CREATE OR REPLACE TABLE verdict.card_root (no BIGINT, root BIGINT);
CREATE OR REPLACE TABLE verdict.owner_root (no BIGINT, root BIGINT);
