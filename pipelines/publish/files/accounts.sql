-- Every account with its verdict, what that does to its points, what holds it and what could have spoken.
SELECT verdict.account_id, verdict.verdict, plain(verdict.risk) AS risk, verdict.cluster_id, verdict.devices,
  verdict.devices_void, plain(verdict.points_before) AS points_before,
  plain(verdict.points_after) AS points_after, verdict.reasons,
  kept_by(verdict.verdict, verdict.held_by) AS held_by, coalesce(decided."by", '') AS decided_by,
  coalesce(looked.families, '') AS looked_at
FROM verdict.account AS verdict
LEFT JOIN decided ON decided.subject_type = 'account' AND decided.subject_id = verdict.account_id
LEFT JOIN looked ON looked.subject_type = 'account' AND looked.subject_id = verdict.account_id
ORDER BY verdict.account_id
