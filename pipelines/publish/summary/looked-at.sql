-- How many subjects of each kind were looked at by any family of evidence, by one alone, how many are clear
-- although something that weighs was found, and how many because nobody looked; payable points of accounts
-- among the latter.
WITH subject AS (
  SELECT 'account' AS kind, account_id AS id, verdict, points_after FROM verdict.account
  UNION ALL SELECT 'device', device_id, verdict, 0 FROM verdict.device
),
found AS (
  SELECT DISTINCT subject_type AS kind, subject_id AS id, true AS found FROM verdict.term WHERE weight_raw > 0
),
sorted AS (
  SELECT subject.*, looked.n, verdict = 'clear' AND found.found IS NOT NULL AS clear_found,
    verdict = 'clear' AND found.found IS NULL AND looked.n IS NULL AS clear_not_looked_at
  FROM subject
  LEFT JOIN found USING (kind, id)
  LEFT JOIN looked ON looked.subject_type = kind AND looked.subject_id = id
)
SELECT kind, count(*) AS "all", count(n) AS looked_at, count(*) FILTER (n = 1) AS one_family,
  count(*) FILTER (clear_found) AS clear_found, count(*) FILTER (clear_not_looked_at) AS clear_not_looked_at,
  plain(coalesce(sum(points_after) FILTER (clear_not_looked_at), 0)) AS points_not_looked_at
FROM sorted GROUP BY kind ORDER BY kind
