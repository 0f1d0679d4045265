-- The members of one cluster, in order of registration.
SELECT account_id, verdict, risk, points_before, created_at
FROM account_facts WHERE cluster_id = $id ORDER BY created_at, account_id
