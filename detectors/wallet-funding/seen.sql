-- Accounts whose wallet got money from somewhere.
SELECT account_id AS subject_id
FROM features.wallet_owner WHERE wallet IN (SELECT wallet FROM features.wallet_source)
