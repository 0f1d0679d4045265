-- Accounts whose time of registration is known and whose machines spoke from a known block: only these can be
-- tenants.
SELECT a.account_id AS subject_id
FROM features.account_address a JOIN features.account_order o ON o.account_id = a.account_id
GROUP BY a.account_id HAVING max(a.messages) > 0
