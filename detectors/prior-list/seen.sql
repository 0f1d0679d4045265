-- Accounts that a list names, in whatever words: of all others it says nothing.
SELECT account_id AS subject_id
FROM raw.accounts
WHERE account_id IN (SELECT account_id FROM raw.prior_list)
  OR wallet_key(wallet) IN (SELECT wallet_key(wallet) FROM raw.prior_list)
