-- Wallets that live on money from one root: stars, chains and trees of first money, through wallets of
-- strangers as well, however deep. One row per wallet that hangs on another (features.wallet_hung). Wallets
-- that fill each other in a circle, where times are absent, have the least of them for a root.
WITH RECURSIVE top AS (
  SELECT coalesce(min(p.member) FILTER (WHERE h.wallet IS NULL), min(p.member)) AS root
  FROM features.wallet_purse p LEFT JOIN features.wallet_hung h ON h.wallet = p.member GROUP BY p.component
),
down AS (
  SELECT root AS wallet, root, 0 AS depth FROM top
  UNION ALL
  SELECT h.wallet, d.root, d.depth + 1
  FROM down d JOIN features.wallet_hung h ON h.source = d.wallet WHERE d.depth = 0 OR d.wallet <> d.root
)
SELECT d.wallet, d.root, d.depth, s.source, s.first_at, s.first_amount, s.place, s.everybody, s.elsewhere
FROM down d JOIN features.wallet_source s ON s.wallet = d.wallet WHERE d.depth > 0
