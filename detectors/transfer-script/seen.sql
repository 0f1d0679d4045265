-- Accounts whose wallet sent to places that others send to as well.
SELECT account_id AS subject_id
FROM features.wallet_owner WHERE wallet IN (SELECT wallet FROM own.transfer_step)
