-- Payout wallets and the accounts that name them, in the one spelling that transfers are compared in.
SELECT account_id, wallet_key(wallet) AS wallet FROM raw.accounts WHERE wallet_key(wallet) IS NOT NULL
