-- Accounts heard from on enough days of either half, where there is a population to learn from.
SELECT DISTINCT account_id AS subject_id
FROM own.activity_profile WHERE (SELECT count(DISTINCT account_id) FROM own.activity_profile) >= $population
