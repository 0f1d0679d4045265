-- The wallets of several accounts live on money that came from one root (features.wallet_tree), or pass one
-- sum on from account to account (own.wallet_relay).
WITH grown AS (
  -- Four friends whose fees one of them once paid make a tree, too; it takes eight, or five that came
  -- together.
  SELECT *, n >= $sure_accounts OR n > $least_accounts AND nats >= $together_nats AS grown,
    sources >= $many_hands * n AS handed_down
  FROM own.money_tree
),
named AS (
  SELECT o.account_id, g.root,
    unnest(list_concat(['loose'],
      CASE WHEN g.grown AND g.handed_down THEN ['tree']
        WHEN g.grown AND NOT t.elsewhere THEN ['star'] END)) AS level
  FROM grown g
  JOIN features.wallet_tree t ON t.root = g.root
  JOIN features.wallet_owner o ON o.wallet = t.wallet
  UNION ALL SELECT o.account_id, g.root, 'root' FROM grown g JOIN features.wallet_owner o ON o.wallet = g.root
  UNION ALL
  SELECT o.account_id, g.root, 'funded'
  FROM features.wallet_source s
  JOIN features.wallet_owner o ON o.wallet = s.wallet
  LEFT JOIN features.wallet_tree u ON u.wallet = s.source
  JOIN grown g ON g.root = coalesce(u.root, s.source)
  LEFT JOIN features.wallet_funder f ON f.source = s.source
  WHERE NOT s.lived_on AND NOT coalesce(f.public, FALSE)
),
relay AS (
  SELECT o.account_id, c.component AS ring, r.got_at
  FROM own.wallet_relay r
  JOIN own.relay_ring c ON c.member = r.wallet
  JOIN features.wallet_owner o ON o.wallet = r.wallet
  QUALIFY count(DISTINCT r.wallet) OVER (PARTITION BY c.component) >= $least_accounts
),
found AS (
  SELECT n.account_id, n.level, concat('money from ', n.root) AS value, g.first_at, g.last_at,
    CAST(json_object('accounts', g.n, 'sources', g.sources, 'longest_chain', g.depth, 'narrow_gaps', g.narrow,
      'nats', round(g.nats, 1)) AS VARCHAR) AS facts
  FROM (SELECT DISTINCT * FROM named) n JOIN grown g ON g.root = n.root
  UNION ALL
  SELECT account_id, 'relayed', concat('money round ', ring), min(got_at) OVER whole, max(got_at) OVER whole,
    CAST(json_object('accounts', count(*) OVER whole,
      'days', round((max(got_at) OVER whole - min(got_at) OVER whole) / day_ms(), 2)) AS VARCHAR)
  FROM relay WINDOW whole AS (PARTITION BY ring)
),
team AS (SELECT value, some_of(account_id) AS ids FROM found GROUP BY value)
SELECT f.account_id AS subject_id, f.level, f.value, others(t.ids, f.account_id) AS related,
  (SELECT count(*) FROM features.wallet_owner) AS tested, f.facts, f.first_at, f.last_at
FROM found f JOIN team t ON t.value = f.value
