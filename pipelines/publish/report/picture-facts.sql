-- What at least two members of one cluster share: facts that no outsider could have made before the others,
-- the most widely shared first, each with its accounts in order of registration.
WITH own AS (
  SELECT t.subject_id, t.detector, t.value, t.family, t.forgeable_by, t.weight_raw, a.created_at
  FROM verdict.term t
  JOIN verdict.account v ON v.account_id = t.subject_id
  JOIN raw.accounts a ON a.account_id = t.subject_id
  WHERE t.subject_type = 'account' AND v.cluster_id = $id AND t.value IS NOT NULL AND t.sharers > 0
),
sharer AS (SELECT DISTINCT detector, value, subject_id, created_at FROM own),
shared AS (
  SELECT detector, value, list(subject_id ORDER BY created_at, subject_id) AS accounts
  FROM sharer GROUP BY detector, value HAVING count(*) > 1
),
worth AS (
  SELECT detector, value, max(weight_raw) AS weight,
    list(family ORDER BY weight_raw DESC, family)[1] AS family,
    list(forgeable_by ORDER BY weight_raw DESC, forgeable_by DESC)[1] AS forgeable_by
  FROM own GROUP BY detector, value
)
SELECT s.detector, s.value, s.accounts, w.weight, w.family, w.forgeable_by, count(*) OVER () AS all_facts
FROM shared s JOIN worth w USING (detector, value)
ORDER BY w.forgeable_by = 'anyone', len(s.accounts) DESC, w.weight DESC, s.detector, s.value LIMIT 200
