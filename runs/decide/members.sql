-- Every member of some clusters.
SELECT cluster_id, account_id, verdict
FROM account_facts WHERE cluster_id IN (SELECT unnest(from_json($ids, '["VARCHAR"]')))
ORDER BY cluster_id, account_id
