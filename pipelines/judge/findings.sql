-- Findings as the judge reads them: numbered by subject (accounts of a cluster together), with the policy's
-- nats and, for linking findings, how many others share the value and how many of those are in the account's
-- own cluster.
-- Solid findings count solid sharers only, so that nobody can add or dilute sharers from outside.
CREATE OR REPLACE TEMP TABLE sharer AS
SELECT i.detector, i.value, m.cluster_id, count(DISTINCT i.account_id) AS everyone,
  count(DISTINCT i.account_id) FILTER (WHERE i.solid) AS solid
FROM operator.incidence i LEFT JOIN operator.member m USING (account_id)
GROUP BY i.detector, i.value, m.cluster_id;

CREATE OR REPLACE TEMP TABLE sharer_total AS
SELECT detector, value, sum(everyone)::BIGINT AS everyone, sum(solid)::BIGINT AS solid
FROM sharer GROUP BY detector, value;

CREATE OR REPLACE TEMP TABLE sharer_names AS
SELECT detector, value, list(account_id ORDER BY account_id)[1:51] AS ids
FROM (SELECT DISTINCT detector, value, account_id FROM operator.incidence) GROUP BY detector, value;

CREATE OR REPLACE TEMP TABLE account_finding AS
WITH own AS (
  SELECT f.subject_id AS account_id, f.detector, f.family, f.level, f.reason, f.forgeable_by, f.links,
    f.value, f.related, coalesce(w.nats, 0) AS nats, f.tested, f.facts, f.first_at, f.last_at, f.gpu_index,
    f.facet, f.surprise
  FROM evidence.finding f
  LEFT JOIN operator.worth w ON w.detector = f.detector AND w.level = f.level AND NOT w.lifted
  WHERE f.subject_type = 'account'
),
lifted AS (
  SELECT d.account_id, f.detector, f.family, f.level, f.reason, f.forgeable_by, true AS links, f.value,
    list_filter(n.ids, lambda id: id <> d.account_id)[1:50] AS related, w.nats, max(f.tested) AS tested,
    to_json({devices: count(DISTINCT f.subject_id)})::VARCHAR AS facts, min(f.first_at) AS first_at,
    max(f.last_at) AS last_at, NULL::BIGINT AS gpu_index, f.facet, max(f.surprise) AS surprise
  FROM evidence.finding f
  JOIN operator.worth w ON w.detector = f.detector AND w.level = f.level AND w.lifted
  JOIN raw.devices d ON d.device_id = f.subject_id
  JOIN sharer_names n ON n.detector = f.detector AND n.value = f.value AND len(n.ids) > 1
  WHERE f.subject_type = 'device' AND f.links
  GROUP BY d.account_id, f.detector, f.family, f.level, f.reason, f.forgeable_by, f.value, f.facet, n.ids,
    w.nats
),
every AS (SELECT * FROM own UNION ALL SELECT * FROM lifted)
SELECT dense_rank() OVER (ORDER BY m.cluster_id NULLS LAST, e.account_id) - 1 AS subject_no,
  e.account_id AS subject_id, m.cluster_id, e.* EXCLUDE (account_id), h.value IS NOT NULL AS hub,
  greatest(CASE WHEN e.forgeable_by = 'anyone' THEN t.everyone ELSE t.solid END - 1, 0) AS sharers,
  greatest(CASE WHEN e.forgeable_by = 'anyone' THEN s.everyone ELSE s.solid END - 1, 0) AS sharers_in_cluster
FROM every e
LEFT JOIN operator.member m USING (account_id)
LEFT JOIN operator.hub h ON h.detector = e.detector AND h.value = e.value AND e.links
LEFT JOIN sharer_total t ON t.detector = e.detector AND t.value = e.value AND e.links
LEFT JOIN sharer s
  ON s.detector = e.detector AND s.value = e.value AND s.cluster_id = m.cluster_id AND e.links;

-- Cards of a device that the network measured three times at least and half as often as the most measured one
-- of them. Others free no machine: what a machine says of its further cards is its own word.
CREATE OR REPLACE TEMP TABLE judgeable AS
WITH measured AS (
  SELECT device_id, coalesce(gpu_index, 0) AS gpu_index, count(*) AS n
  FROM raw.benchmarks WHERE measured_by = 'network' GROUP BY ALL HAVING count(*) >= 3
)
SELECT device_id, list(gpu_index ORDER BY gpu_index) AS cards
FROM (SELECT *, max(n) OVER (PARTITION BY device_id) AS most FROM measured) WHERE 2 * n >= most
GROUP BY device_id;

CREATE OR REPLACE TEMP TABLE inventoried AS
SELECT device_id, list(DISTINCT gpu_index ORDER BY gpu_index) AS places
FROM (
  SELECT device_id, gpu_index, coalesce(seen_at, 0) AS seen,
    max(coalesce(seen_at, 0)) OVER (PARTITION BY device_id) AS newest
  FROM raw.gpus WHERE device_id IN (SELECT subject_id FROM evidence.finding WHERE gpu_index IS NOT NULL)
)
WHERE seen = newest
GROUP BY device_id;

INSERT INTO verdict.machine
SELECT f.device_id, coalesce(i.places, []), coalesce(j.cards, []), d.gpu_count
FROM (SELECT DISTINCT subject_id AS device_id FROM evidence.finding WHERE gpu_index IS NOT NULL) f
LEFT JOIN raw.devices d USING (device_id)
LEFT JOIN inventoried i USING (device_id)
LEFT JOIN judgeable j USING (device_id)
ORDER BY f.device_id;

CREATE OR REPLACE TEMP TABLE device_finding AS
SELECT dense_rank() OVER (ORDER BY f.subject_id) - 1 AS subject_no, f.subject_id, NULL::VARCHAR AS cluster_id,
  f.detector, f.family, f.level, f.reason, f.forgeable_by, f.links, f.value, f.related,
  coalesce(w.nats, 0) AS nats, f.tested, f.facts, f.first_at, f.last_at, f.gpu_index, false AS hub,
  NULL::BIGINT AS sharers, NULL::BIGINT AS sharers_in_cluster, f.facet, f.surprise
FROM evidence.finding f
LEFT JOIN operator.worth w ON w.detector = f.detector AND w.level = f.level AND NOT w.lifted
WHERE f.subject_type = 'device';

-- What else the rule for accounts asks: is it declared, and what is its cluster like?
CREATE OR REPLACE TEMP TABLE account_context AS
SELECT a.account_id,
  coalesce(a.house, false) OR coalesce(lower(trim(a.affiliation)) NOT IN ('', 'none'), false) AS house,
  c.cluster_id, c.accounts, c.stable, c.density, m.bridge
FROM raw.accounts a
LEFT JOIN operator.member m USING (account_id)
LEFT JOIN operator.cluster c USING (cluster_id);
