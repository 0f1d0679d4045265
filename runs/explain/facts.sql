-- What at least two members of one cluster share: facts that no outsider could have made before the others,
-- the most widely shared first. Each with its accounts in order of registration, when it was seen, and who
-- had it first (of several at once, who registered first).
WITH own AS (
  SELECT t.subject_id, t.detector, t.value, t.family, t.forgeable_by, t.weight_raw, t.first_at, t.last_at,
    row_number() OVER (ORDER BY a.created_at, a.account_id, t.detector, t.value, t.weight_raw,
        t.forgeable_by) AS place
  FROM terms t JOIN account_facts a ON a.account_id = t.subject_id
  WHERE t.subject_type = 'account' AND a.cluster_id = $id AND t.value IS NOT NULL AND t.sharers > 0
),
sharer AS (
  SELECT detector, value, subject_id, min(place) AS place, min(first_at) AS first_at, max(last_at) AS last_at
  FROM own GROUP BY detector, value, subject_id
),
shared AS (
  SELECT detector, value, list(subject_id ORDER BY place) AS accounts, min(first_at) AS first_at,
    max(last_at) AS last_at,
    list(subject_id ORDER BY first_at, place) FILTER (WHERE first_at IS NOT NULL)[1] AS earliest
  FROM sharer GROUP BY detector, value HAVING count(*) > 1
),
worth AS (
  SELECT detector, value, max(weight_raw) AS weight,
    list(family ORDER BY weight_raw DESC, family)[1] AS family,
    list(forgeable_by ORDER BY weight_raw DESC, forgeable_by DESC)[1] AS forgeable_by
  FROM own GROUP BY detector, value
)
SELECT s.*, w.weight, w.family, w.forgeable_by, count(*) OVER () AS all_facts
FROM shared s JOIN worth w USING (detector, value)
ORDER BY w.forgeable_by = 'anyone', len(s.accounts) DESC, w.weight DESC, s.detector, s.value LIMIT 200
