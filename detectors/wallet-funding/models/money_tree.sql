-- Trees of first money with four account wallets or more, by their root. `nats`: Chernoff's bound against
-- gaps between their first money, measured in other people's first money, that are a tenth of what strangers
-- leave; Bonferroni over trees.
WITH hanging AS (
  SELECT DISTINCT t.root, t.wallet, t.depth, t.source, t.first_at, t.place, t.everybody
  FROM features.wallet_tree t JOIN features.wallet_owner o ON o.wallet = t.wallet
),
gaps AS (
  SELECT *, place - lag(place) OVER (PARTITION BY root ORDER BY place, wallet) AS gap,
    count(*) OVER (PARTITION BY root) AS n
  FROM hanging QUALIFY n >= $least_accounts
),
tree AS (
  SELECT root, n, max(depth) AS depth, count(DISTINCT source) AS sources, min(first_at) AS first_at,
    max(first_at) AS last_at, count(gap) AS gaps,
    count(*) FILTER (WHERE gap * CAST(n AS DOUBLE) <= $narrow_gap * everybody) AS narrow
  FROM gaps GROUP BY root, n
)
SELECT *,
  CASE WHEN narrow * 2 >= gaps AND gaps >= $least_gaps
      THEN chernoff_nats(gaps, narrow, $narrow_gap) - ln(count(*) OVER ())
    ELSE 0 END AS nats
FROM tree
