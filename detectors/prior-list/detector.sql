-- An earlier list, ours or another network's, names the account or its payout wallet.
WITH listed AS (
  SELECT source, account_id, wallet_key(wallet) AS wallet, listed_at
  FROM raw.prior_list
  WHERE lower(trim(verdict)) IN ('exclude', 'excluded', 'sybil', 'bad', 'ban', 'banned', 'fraud', 'fake',
    'cheater')
),
hit AS (
  SELECT account_id, source, 'account' AS level, listed_at FROM raw.accounts JOIN listed USING (account_id)
  UNION ALL
  SELECT o.account_id, source, 'wallet', listed_at
  FROM features.wallet_owner o JOIN listed l USING (wallet) WHERE l.account_id IS DISTINCT FROM o.account_id
)
SELECT account_id AS subject_id, level, (SELECT count(*) FROM raw.accounts) AS tested,
  json_object('sources', count(DISTINCT source), 'entries', count(*),
    'days_ago', ($snapshot - max(listed_at)) // day_ms())::VARCHAR AS facts,
  min(listed_at) AS first_at, max(listed_at) AS last_at
FROM hit GROUP BY account_id, level
