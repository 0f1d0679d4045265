-- An earlier list, ours or another network's, names the account or its payout wallet. A lead, never a verdict: lists err, and
-- anyone can be listed. Words that clear are ignored, as are words that this detector does not know.
WITH listed AS (
  SELECT source, account_id, wallet_key(wallet) AS wallet, listed_at FROM raw.prior_list
  WHERE lower(trim(verdict)) IN ('exclude', 'excluded', 'sybil', 'bad', 'ban', 'banned', 'fraud', 'fake', 'cheater')
),
hit AS (
  SELECT a.account_id, l.source, 'account' AS level, l.listed_at FROM raw.accounts a JOIN listed l ON l.account_id = a.account_id
  UNION ALL
  SELECT o.account_id, l.source, 'wallet', l.listed_at FROM features.wallet_owner o JOIN listed l ON l.wallet = o.wallet
  WHERE l.account_id IS NULL OR l.account_id <> o.account_id
)
SELECT account_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, CAST([] AS VARCHAR[]) AS related,
  (SELECT count(*) FROM raw.accounts) AS tested,
  CAST(json_object('sources', count(DISTINCT source), 'entries', count(*), 'days_ago', ($snapshot - max(listed_at)) // 86400000) AS VARCHAR) AS facts,
  min(listed_at) AS first_at, max(listed_at) AS last_at
FROM hit
GROUP BY account_id, level
