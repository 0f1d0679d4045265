-- Accounts paid into one wallet have one payee. A wallet is the same in every spelling that its chain takes
-- for the same (`wallet_key`).
WITH tenant AS (
  SELECT block, upto, everybody, count(*) OVER (PARTITION BY block) AS n,
    row_number() OVER (PARTITION BY block ORDER BY upto, account_id) AS i
  FROM features.account_order WHERE block IS NOT NULL
),
network AS (
  SELECT block, middle_share(upto, i, n, $ends, everybody) <= $together_share AS together
  FROM tenant GROUP BY block, n, everybody
),
holder AS (
  SELECT w.account_id, w.wallet, o.created_at, o.block, came_first(o.created_at, w.wallet) AS leads,
    n.together AND NOT came_first(o.created_at, (w.wallet, o.block)) AS follows
  FROM features.wallet_owner w
  LEFT JOIN features.account_order o ON o.account_id = w.account_id
  LEFT JOIN network n ON n.block = o.block
),
shared AS (
  SELECT wallet, count(*) AS n, min(created_at) AS first_at, max(created_at) AS last_at,
    count(block) AS placed, count(DISTINCT block) AS blocks,
    quantile_cont(created_at, $upper) - quantile_cont(created_at, $lower) AS spread,
    some_of(account_id) AS ids
  FROM holder GROUP BY wallet HAVING count(*) >= 2
),
population AS (
  SELECT quantile_cont(created_at, $upper) - quantile_cont(created_at, $lower) AS spread FROM raw.accounts
)
SELECT h.account_id AS subject_id,
  unnest(CASE WHEN h.leads THEN ['incumbent']
    WHEN h.follows THEN ['named-too', 'follower']
    ELSE ['named-too'] END) AS level,
  h.wallet AS value, others(s.ids, h.account_id) AS related, (SELECT count(*) FROM raw.accounts) AS tested,
  CAST(json_object('accounts', s.n, 'blocks', s.blocks, 'days', round((s.last_at - s.first_at) / day_ms(), 2),
    'after_first_s', (h.created_at - s.first_at) // second_ms()) AS VARCHAR) AS facts,
  s.first_at, s.last_at
FROM holder h JOIN shared s ON s.wallet = h.wallet CROSS JOIN population p
-- An exchange's deposit address: as many networks as accounts, over as long a time as everybody.
WHERE NOT coalesce(s.n >= $hub_accounts AND s.placed * 2 >= s.n AND s.blocks >= $hub_blocks * s.placed
    AND s.spread * 2 >= p.spread,
  FALSE)
