-- Every account: anybody can be accused.
SELECT account_id AS subject_id FROM raw.accounts
