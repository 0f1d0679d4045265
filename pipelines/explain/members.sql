-- The members of one cluster.
SELECT account_id, verdict, risk, points_before
FROM account_facts
WHERE cluster_id = $id
ORDER BY risk DESC, account_id
