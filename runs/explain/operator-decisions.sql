-- Analysts' decisions about operators that name a member of one cluster, or pin its id.
WITH member AS (SELECT account_id FROM account_facts WHERE cluster_id = $id),
named AS (SELECT d.*, list_concat(d.accounts, d."from") AS everybody FROM operator_decisions d)
SELECT kind, "by", "at", "until", why, state, len(everybody) AS accounts
FROM named
WHERE cluster_id = $id OR list_has_any(everybody, (SELECT list(account_id ORDER BY account_id) FROM member))
ORDER BY "at", "by", kind, why, state
