-- What the run knows of ids that an analyst names: accounts, devices, and members of clusters.
WITH asked AS (SELECT unnest(from_json($ids, '["VARCHAR"]')) AS id)
SELECT 'account' AS kind, account_id AS id, account_id, verdict, cluster_id
FROM account_facts JOIN asked ON asked.id = account_id
UNION ALL
SELECT 'device', device_id, account_id, verdict, NULL FROM device_facts JOIN asked ON asked.id = device_id
UNION ALL
SELECT 'cluster', cluster_id, account_id, verdict, cluster_id
FROM account_facts JOIN asked ON asked.id = cluster_id ORDER BY kind, id, account_id
