-- Why subjects are held instead of decided. One subject can be held by several rules.
WITH held AS (
  SELECT 'account' AS subject_type, unnest(string_split(kept_by(verdict, held_by), '|')) AS held_by
  FROM verdict.account WHERE verdict = 'review'
  UNION ALL
  SELECT 'device', unnest(string_split(kept_by(verdict, held_by), '|'))
  FROM verdict.device WHERE verdict = 'review'
)
SELECT subject_type, held_by, count(*) AS subjects
FROM held GROUP BY subject_type, held_by ORDER BY subject_type, subjects DESC, held_by
