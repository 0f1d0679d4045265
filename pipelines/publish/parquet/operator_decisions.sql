-- Analysts' splits, merges and pins as this run met them.
SELECT kind, cluster_id, accounts, "from", "by", "at", "until", why, state, set_aside, missing
FROM operator.decision ORDER BY "at", "by", kind, why, state, accounts, "from", cluster_id
