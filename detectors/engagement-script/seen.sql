-- Accounts with four distinct missions or more: fewer have no order to compare.
SELECT account_id AS subject_id
FROM raw.engagement WHERE length(kind) <= 64 GROUP BY account_id HAVING count(DISTINCT kind) >= 4
