-- Accounts whose machines were heard from on three days or more of either half of the days, where there is a population to learn from.
SELECT DISTINCT account_id AS subject_id FROM own.activity_profile
WHERE (SELECT count(DISTINCT account_id) FROM own.activity_profile) >= 60
