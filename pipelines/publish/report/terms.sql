-- The terms of the subjects that the report shows in full.
WITH account AS (
  SELECT account_id, row_number() OVER (ORDER BY points_before DESC, account_id) AS place
  FROM verdict.account WHERE verdict = 'exclude'
),
device AS (
  SELECT device_id, row_number() OVER (ORDER BY share DESC, device_id) AS place
  FROM verdict.device WHERE verdict = 'void'
)
SELECT subject_type, subject_id, detector, level, family, reason, forgeable_by, round(weight, 6) AS weight,
  counted, why_not, CAST(len(related) AS INTEGER) AS related
FROM verdict.term
WHERE (subject_type = 'account' AND subject_id IN (SELECT account_id FROM account WHERE place <= $cap))
  OR (subject_type = 'device' AND subject_id IN (SELECT device_id FROM device WHERE place <= $cap))
ORDER BY subject_type, subject_id, term.weight DESC, weight_raw DESC, detector, level, fact, facts,
  term.related
