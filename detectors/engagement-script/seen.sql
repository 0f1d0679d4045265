-- Accounts with four distinct missions or more: fewer have no order to compare.
SELECT account_id AS subject_id
FROM raw.engagement WHERE length(kind) <= $longest_name GROUP BY account_id HAVING count(DISTINCT kind) >= $least_missions
