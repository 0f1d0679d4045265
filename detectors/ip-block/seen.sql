-- Accounts that registered from a known block and whose machines spoke: only these can be tenants.
SELECT a.account_id AS subject_id
FROM features.account_address a JOIN features.account_order o ON o.account_id = a.account_id
WHERE o.block IS NOT NULL
GROUP BY a.account_id HAVING max(a.messages) > 0
