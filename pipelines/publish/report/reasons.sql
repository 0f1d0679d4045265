-- How often each reason stands behind a verdict that is not clear.
WITH flagged AS (
  SELECT 'account' AS subject_type, account_id AS subject_id, verdict
  FROM verdict.account WHERE verdict <> 'clear'
  UNION ALL SELECT 'device', device_id, verdict FROM verdict.device WHERE verdict <> 'clear'
)
SELECT flagged.subject_type, term.reason,
  count(DISTINCT subject_id) FILTER (flagged.verdict <> 'review') AS decided,
  count(DISTINCT subject_id) FILTER (flagged.verdict = 'review') AS held
FROM flagged JOIN verdict.term AS term USING (subject_type, subject_id) WHERE term.counted
GROUP BY flagged.subject_type, term.reason ORDER BY flagged.subject_type, decided DESC, held DESC, term.reason
