-- Who shares what: a row per account and value that a linking finding names. `solid` rows are those that no
-- outsider could have created; only they join accounts. A finding about devices speaks about their owners
-- where the policy lifts its level. No weight exceeds the finding's own p-value or, without one, ln(tested /
-- 3).
CREATE OR REPLACE TABLE operator.incidence AS
WITH named AS (
  SELECT f.subject_id AS account_id, f.detector, f.family, f.value, f.forgeable_by, w.nats,
    coalesce(f.surprise, ln(greatest(f.tested, 1) / 3.0)) AS most, f.last_at
  FROM evidence.finding f
  JOIN operator.worth w ON w.detector = f.detector AND w.level = f.level AND NOT w.lifted
  WHERE f.subject_type = 'account' AND f.links AND f.value IS NOT NULL
  UNION ALL
  SELECT d.account_id, f.detector, f.family, f.value, f.forgeable_by, w.nats,
    coalesce(f.surprise, ln(greatest(f.tested, 1) / 3.0)), f.last_at
  FROM evidence.finding f
  JOIN operator.worth w ON w.detector = f.detector AND w.level = f.level AND w.lifted
  JOIN raw.devices d ON d.device_id = f.subject_id
  WHERE f.subject_type = 'device' AND f.links AND f.value IS NOT NULL
)
SELECT account_id, detector, value, min(family) AS family, forgeable_by <> 'anyone' AS solid,
  min(forgeable_by) AS forgeable_by, max(least(nats, most)) AS nats, max(last_at) AS last_at
FROM named WHERE least(nats, most) > 0 GROUP BY account_id, detector, value, forgeable_by <> 'anyone';

-- Values that at least two accounts share solidly; those accounts and those that decisions name, numbered in
-- a total order.
CREATE OR REPLACE TABLE operator.shared AS
SELECT row_number() OVER (ORDER BY detector, value) - 1 AS value_no, detector, value, min(family) AS family,
  max(forgeable_by) AS forgeable_by, count(*) AS accounts
FROM operator.incidence WHERE solid GROUP BY detector, value HAVING count(*) > 1;

CREATE OR REPLACE TABLE operator.node AS
SELECT row_number() OVER (ORDER BY a.account_id) - 1 AS account_no, a.account_id, a.created_at
FROM raw.accounts a
WHERE a.account_id IN (
  SELECT i.account_id FROM operator.incidence i JOIN operator.shared s USING (detector, value) WHERE i.solid
  UNION ALL SELECT account_id FROM operator.named
);
