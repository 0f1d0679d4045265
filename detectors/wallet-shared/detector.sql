-- Accounts paid into one wallet have one payee. The wallet's own bytes are compared, with no case folding: most chains'
-- addresses are case-sensitive.
--
-- Who came first did not choose the others: the accounts that existed when a wallet was first named by a second one are
-- `incumbent`. Whoever later names a wallet that is taken did so itself: `follower`.
--
-- Null: honest accounts have wallets of their own; the one honest way for many strangers to share one is a deposit address
-- of an exchange. Such a hub is told by its members being like the population: 20 or more accounts whose registrations
-- spread as wide in time as everybody's (interquartile range at least half) from as many networks. Hubs are silent.
WITH holder AS (
  SELECT account_id, wallet, created_at, ip_block(signup_ip) AS block
  FROM raw.accounts
  WHERE trim(wallet) <> '' AND length(wallet) <= 256
),
population AS (
  SELECT count(*) AS accounts,
    quantile_cont(created_at, 0.75) - quantile_cont(created_at, 0.25) AS spread
  FROM raw.accounts
),
shared AS (
  SELECT wallet, count(*) AS n, min(created_at) AS first_at, max(created_at) AS last_at,
    quantile_cont(created_at, 0.75) - quantile_cont(created_at, 0.25) AS spread,
    count(block) AS placed, count(DISTINCT block) AS blocks,
    list(account_id ORDER BY account_id)[1:51] AS ids
  FROM holder
  GROUP BY wallet
  HAVING count(*) >= 2
)
SELECT
  h.account_id AS subject_id,
  CASE WHEN h.created_at = s.first_at THEN 'incumbent' ELSE 'follower' END AS level,
  h.wallet AS value,
  list_filter(s.ids, lambda id: id <> h.account_id)[1:50] AS related,
  p.accounts AS tested,
  CAST(json_object('accounts', s.n, 'blocks', s.blocks, 'days', round((s.last_at - s.first_at) / 86400000.0, 2),
    'after_first_s', (h.created_at - s.first_at) // 1000) AS VARCHAR) AS facts,
  s.first_at AS first_at,
  s.last_at AS last_at
FROM holder h
JOIN shared s ON s.wallet = h.wallet
CROSS JOIN population p
WHERE NOT (s.n >= 20 AND s.placed * 2 >= s.n AND s.blocks * 10 >= s.placed * 8 AND s.spread * 2 >= p.spread)
