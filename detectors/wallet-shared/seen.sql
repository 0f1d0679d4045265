-- Accounts that name a payout wallet.
SELECT account_id AS subject_id FROM features.wallet_owner
