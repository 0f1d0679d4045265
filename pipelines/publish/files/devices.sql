-- Every device with its verdict, whether the network has measured it, what holds it and what could have
-- spoken.
SELECT verdict.device_id, verdict.account_id, verdict.verdict, plain(verdict.risk) AS risk, verdict.verified,
  verdict.reasons, kept_by(verdict.verdict, verdict.held_by) AS held_by,
  coalesce(decided."by", '') AS decided_by, coalesce(looked.families, '') AS looked_at
FROM verdict.device AS verdict
LEFT JOIN decided ON decided.subject_type = 'device' AND decided.subject_id = verdict.device_id
LEFT JOIN looked ON looked.subject_type = 'device' AND looked.subject_id = verdict.device_id
ORDER BY verdict.device_id
