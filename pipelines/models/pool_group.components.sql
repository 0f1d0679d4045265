-- Accounts that pairs of addresses join, directly or through others.
SELECT account_id AS a, min(account_id) OVER (PARTITION BY token) AS b FROM features.pool_pair
