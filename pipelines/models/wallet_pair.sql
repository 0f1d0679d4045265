-- Who sent money to whom: one row per pair of wallets, over all accounts and strangers that the transfers
-- name.
--
-- Left out: transfers to oneself; dust (a thousandth of the asset's median amount, or less), which anyone
-- sends to anybody; amounts of nothing, which token contracts record in the name of people who signed nothing
-- (address poisoning); the null address of mints and burns. Absent amounts, times and assets stay NULL.
-- Hexadecimal addresses are one wallet in whatever case they are written.
WITH usual AS (
  SELECT asset, quantile_cont(CAST(amount AS DOUBLE), 0.5) AS amount
  FROM raw.transfers WHERE amount > 0 GROUP BY asset
),
kept AS (
  SELECT wallet_key(t.from_wallet) AS from_wallet, wallet_key(t.to_wallet) AS to_wallet, t.occurred_at,
    t.amount, t.asset
  FROM raw.transfers t LEFT JOIN usual u ON u.asset IS NOT DISTINCT FROM t.asset
  WHERE t.amount IS NULL OR t.amount > 0 AND CAST(t.amount AS DOUBLE) > 0.001 * u.amount
)
SELECT from_wallet, to_wallet, count(*) AS transfers, count(*) FILTER (WHERE occurred_at IS NULL) AS untimed,
  min(occurred_at) AS first_at, max(occurred_at) AS last_at,
  CAST(min(struct_pack(occurred_at := occurred_at, amount := amount)).amount AS DOUBLE) AS first_amount,
  CAST(sum(amount) AS DOUBLE) AS amount, min(asset) AS asset_low, max(asset) AS asset_high
FROM kept WHERE from_wallet <> to_wallet AND from_wallet IS NOT NULL AND to_wallet IS NOT NULL
GROUP BY from_wallet, to_wallet
