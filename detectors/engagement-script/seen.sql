-- Accounts with four distinct missions or more: fewer have no order to compare.
SELECT account_id AS subject_id
FROM features.mission_step GROUP BY account_id HAVING count(*) > $least_matched
