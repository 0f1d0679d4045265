-- Account wallets that pass on what they get: one row per wallet that within three days sent nine tenths or
-- more of a payment from one account wallet on to another, with the payer (`up`). The first such payment of a
-- wallet counts; dust is left out.
WITH usual AS (
  SELECT asset, quantile_cont(CAST(amount AS DOUBLE), 0.5) AS amount
  FROM raw.transfers WHERE amount > 0 GROUP BY asset
),
paid AS (
  SELECT DISTINCT wallet_key(t.from_wallet) AS payer, wallet_key(t.to_wallet) AS payee, t.occurred_at,
    t.amount, coalesce(t.asset, '') AS asset
  FROM raw.transfers t JOIN usual u ON u.asset IS NOT DISTINCT FROM t.asset
  WHERE t.occurred_at IS NOT NULL AND t.amount > 0 AND CAST(t.amount AS DOUBLE) > $dust * u.amount
    AND wallet_key(t.from_wallet) IN (SELECT wallet FROM features.wallet_owner)
    AND wallet_key(t.to_wallet) IN (SELECT wallet FROM features.wallet_owner)
),
onward AS (
  SELECT payer, asset, occurred_at, min(payee) AS payee, max(amount) AS amount
  FROM paid GROUP BY ALL HAVING count(*) = 1
)
SELECT i.payee AS wallet, min(struct_pack(got_at := i.occurred_at, up := i.payer)).up AS up,
  min(i.occurred_at) AS got_at
FROM paid i ASOF JOIN onward o ON o.payer = i.payee AND o.asset = i.asset AND o.occurred_at >= i.occurred_at
WHERE i.payer <> i.payee AND o.payee <> i.payer
  AND o.occurred_at <= i.occurred_at + $passes_on_days * day_ms()
  AND o.amount BETWEEN i.amount * $passes_on AND i.amount
GROUP BY i.payee
