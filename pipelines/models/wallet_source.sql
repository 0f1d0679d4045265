-- Where a wallet's first money came from, and whether the wallet lived on it: one row per wallet that
-- received any.
--
-- `lived_on`: before any other wallet had sent it something, the wallet spent no more than this source had
-- given, in the same asset, and nothing before that. Nobody can bring this about from outside: whoever sends
-- dust to a wallet that has, or gets, money of its own is not what it lives on. Where times are absent: a
-- wallet that spends and has one source only, not counting those to which it sends as well (contracts pay out
-- what was paid in). `place` counts the wallets that were first filled no later, of `everybody`: time
-- measured in other people's first money. `elsewhere`: the wallet also got money from somebody whom it never
-- paid and who was not filled by the same source (a purse's own wallets pay each other, contracts pay back).
-- Two sources at one instant are none.
WITH incoming AS (
  SELECT to_wallet AS wallet, min(first_at) AS first_at, CAST(sum(untimed) AS BIGINT) AS untimed,
    count(*) AS sources
  FROM features.wallet_pair GROUP BY to_wallet
),
outgoing AS (
  SELECT from_wallet AS wallet,
    min(struct_pack(at := first_at, amount := first_amount, asset := asset_low)) AS spent,
    CAST(sum(untimed) AS BIGINT) AS untimed
  FROM features.wallet_pair GROUP BY from_wallet
),
timed AS (
  SELECT i.wallet, i.first_at, min(p.from_wallet) AS source, min(p.first_amount) AS first_amount,
    min(p.amount) AS amount, min(p.asset_low) AS asset_low, max(p.asset_high) AS asset_high
  FROM incoming i JOIN features.wallet_pair p ON p.to_wallet = i.wallet AND p.first_at = i.first_at
  WHERE i.untimed = 0
  GROUP BY i.wallet, i.first_at HAVING count(*) = 1
),
next AS (
  SELECT t.wallet, min(p.first_at) AS second_at
  FROM timed t JOIN features.wallet_pair p ON p.to_wallet = t.wallet AND p.from_wallet <> t.source
  GROUP BY t.wallet
),
untimed AS (
  SELECT i.wallet,
    CASE WHEN i.sources = 1 THEN min(p.from_wallet)
      WHEN count(*) FILTER (WHERE back.from_wallet IS NULL) = 1
        THEN min(p.from_wallet) FILTER (WHERE back.from_wallet IS NULL) END AS source,
    min(p.first_amount) AS first_amount
  FROM incoming i
  JOIN features.wallet_pair p ON p.to_wallet = i.wallet
  LEFT JOIN features.wallet_pair back ON back.from_wallet = i.wallet AND back.to_wallet = p.from_wallet
  WHERE i.untimed > 0
  GROUP BY i.wallet, i.sources
),
filled AS (
  SELECT t.wallet, t.source, t.first_at, t.first_amount,
    coalesce(o.spent.at >= t.first_at AND (n.second_at IS NULL OR o.spent.at < n.second_at)
        AND (o.spent.amount IS NULL OR t.amount IS NULL OR o.spent.amount <= t.amount)
        AND (o.spent.asset IS NULL
          OR t.asset_low IS NULL
          OR o.spent.asset BETWEEN t.asset_low AND t.asset_high),
      FALSE) AS lived_on
  FROM timed t
  LEFT JOIN next n ON n.wallet = t.wallet
  LEFT JOIN outgoing o ON o.wallet = t.wallet AND o.untimed = 0
  UNION ALL
  SELECT u.wallet, u.source, NULL, u.first_amount, o.wallet IS NOT NULL
  FROM untimed u LEFT JOIN outgoing o ON o.wallet = u.wallet WHERE u.source IS NOT NULL
),
filler AS (SELECT source FROM filled GROUP BY source HAVING count(*) >= 2),
elsewhere AS (
  SELECT DISTINCT f.wallet
  FROM filled f
  JOIN features.wallet_pair p ON p.to_wallet = f.wallet AND p.from_wallet <> f.source
  JOIN filler o ON o.source = p.from_wallet
  LEFT JOIN features.wallet_pair back ON back.from_wallet = f.wallet AND back.to_wallet = p.from_wallet
  LEFT JOIN filled g ON g.wallet = p.from_wallet AND (g.source = f.source OR g.source = f.wallet)
  WHERE back.from_wallet IS NULL AND g.wallet IS NULL
)
SELECT f.*, e.wallet IS NOT NULL AS elsewhere,
  CASE WHEN first_at IS NOT NULL
      THEN count(first_at) OVER (ORDER BY first_at RANGE UNBOUNDED PRECEDING) END AS place,
  count(*) OVER () AS everybody
FROM filled f LEFT JOIN elsewhere e ON e.wallet = f.wallet
