-- Accounts paid into one wallet have one payee. A wallet is the same in every spelling that its chain takes for the same
-- (`wallet_key`): hexadecimal in any case, base58 byte for byte.
--
-- A wallet has no time of its own: whoever registered earlier can name today the wallet of somebody who came after him. So
-- coming later proves nothing, except to a network: where and when an account registered is the network's own record. `follower`
-- names a wallet that an account names which had registered before it from the same network (IPv4 /24, IPv6 /48), and whose tenants came
-- together (the middle four fifths within a quarter of everybody else's registrations): a stranger would have had to be there just before a
-- victim whom he cannot foresee. In networks where people come and go, older neighbours are anybody. Whoever is the oldest is
-- `incumbent`, all others are `named-too`: any of them may be the one whose wallet was copied.
--
-- Null: honest accounts have wallets of their own; the one honest way for many strangers to share one is a deposit address
-- of an exchange. Such a hub is told by its members being like the population: 20 or more accounts whose registrations
-- spread as wide in time as everybody's (interquartile range at least half) from as many networks. Hubs are silent.
WITH holder AS (
  SELECT o.account_id, o.wallet, a.created_at, ip_block(a.signup_ip) AS block
  FROM features.wallet_owner o JOIN raw.accounts a ON a.account_id = o.account_id
),
population AS (
  SELECT count(*) AS accounts,
    quantile_cont(created_at, 0.75) - quantile_cont(created_at, 0.25) AS spread
  FROM raw.accounts
),
tenant AS (
  SELECT block, upto, everybody, row_number() OVER (PARTITION BY block ORDER BY upto, account_id) AS i, count(*) OVER (PARTITION BY block) AS n
  FROM features.account_order WHERE block IS NOT NULL
),
network AS (
  SELECT block, (max(upto) FILTER (WHERE i <= n - n // 10) - min(upto) FILTER (WHERE i > n // 10) - (n - 2 * (n // 10) - 1)) * 4
      <= greatest(max(everybody) - n, 1) AS together
  FROM tenant GROUP BY block, n
),
neighbour AS (
  SELECT h.wallet, o.block, min(h.created_at) AS oldest
  FROM holder h
  JOIN features.account_order o ON o.account_id = h.account_id
  JOIN network n ON n.block = o.block AND n.together
  GROUP BY h.wallet, o.block
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
  CASE WHEN h.created_at = s.first_at THEN 'incumbent' WHEN h.created_at > m.oldest THEN 'follower' ELSE 'named-too' END AS level,
  h.wallet AS value,
  list_filter(s.ids, lambda id: id <> h.account_id)[1:50] AS related,
  p.accounts AS tested,
  CAST(json_object('accounts', s.n, 'blocks', s.blocks, 'days', round((s.last_at - s.first_at) / 86400000.0, 2),
    'after_first_s', (h.created_at - s.first_at) // 1000) AS VARCHAR) AS facts,
  s.first_at AS first_at,
  s.last_at AS last_at
FROM holder h
JOIN shared s ON s.wallet = h.wallet
LEFT JOIN features.account_order o ON o.account_id = h.account_id
LEFT JOIN neighbour m ON m.wallet = h.wallet AND m.block = o.block
CROSS JOIN population p
WHERE NOT coalesce(s.n >= 20 AND s.placed * 2 >= s.n AND s.blocks * 10 >= s.placed * 8 AND s.spread * 2 >= p.spread, FALSE)
