-- Accounts whose wallet sent money somewhere.
SELECT account_id AS subject_id
FROM features.wallet_owner WHERE wallet IN (SELECT from_wallet FROM features.wallet_pair)
