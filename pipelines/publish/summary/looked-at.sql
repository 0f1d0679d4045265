-- How many subjects of each kind were looked at by any family of evidence, by one alone, and how many are clear
-- because nobody looked; payable points of accounts among the latter.
WITH subject AS (
  SELECT 'account' AS kind, account_id AS id, verdict, points_after FROM verdict.account
  UNION ALL
  SELECT 'device', device_id, verdict, 0 FROM verdict.device
)
SELECT
  kind,
  count(*) AS "all",
  count(looked.n) AS looked_at,
  count(*) FILTER (looked.n = 1) AS one_family,
  count(*) FILTER (verdict = 'clear' AND looked.n IS NULL) AS clear_not_looked_at,
  plain(coalesce(sum(points_after) FILTER (verdict = 'clear' AND looked.n IS NULL), 0))
    AS points_not_looked_at
FROM subject LEFT JOIN looked ON looked.subject_type = kind AND looked.subject_id = id
GROUP BY kind
ORDER BY kind
