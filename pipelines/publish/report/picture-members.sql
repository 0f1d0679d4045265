-- The members of one cluster, in order of registration.
SELECT v.account_id, v.verdict
FROM verdict.account v JOIN raw.accounts a USING (account_id) WHERE v.cluster_id = $id
ORDER BY a.created_at, v.account_id
