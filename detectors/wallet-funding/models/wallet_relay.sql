-- Account wallets that pass on what they get: one row per wallet that within three days sent nine tenths or more of a payment from one
-- account wallet on to another. `ring` names the wallets joined by such payments, in a circle or in a line: pointers to where the
-- money came from, doubled ten times, and the smallest name on the way, so that a circle has one. The first such payment of a wallet counts.
WITH own AS (SELECT DISTINCT wallet FROM features.wallet_owner),
usual AS (
  SELECT asset, quantile_cont(CAST(amount AS DOUBLE), 0.5) AS amount FROM raw.transfers WHERE amount > 0 GROUP BY asset
),
paid AS (
  SELECT DISTINCT wallet_key(t.from_wallet) AS payer, wallet_key(t.to_wallet) AS payee, t.occurred_at, t.amount, coalesce(t.asset, '') AS asset
  FROM raw.transfers t JOIN usual u ON u.asset IS NOT DISTINCT FROM t.asset
  WHERE t.occurred_at IS NOT NULL AND t.amount > 0 AND CAST(t.amount AS DOUBLE) > 0.001 * u.amount
    AND wallet_key(t.from_wallet) IN (SELECT wallet FROM own) AND wallet_key(t.to_wallet) IN (SELECT wallet FROM own)
),
onward AS (SELECT payer, asset, occurred_at, min(payee) AS payee, max(amount) AS amount FROM paid GROUP BY ALL HAVING count(*) = 1),
passed AS (
  SELECT i.payee AS wallet, min(struct_pack(at := i.occurred_at, up := i.payer)) AS got
  FROM paid i ASOF JOIN onward o ON o.payer = i.payee AND o.asset = i.asset AND o.occurred_at >= i.occurred_at
  WHERE i.payer <> i.payee AND o.payee <> i.payer AND o.occurred_at <= i.occurred_at + 259200000 AND o.amount BETWEEN i.amount * 0.9 AND i.amount
  GROUP BY i.payee
),
p0 AS (SELECT wallet, got.up AS up, got.at AS got_at, least(wallet, got.up) AS low FROM passed),
p1 AS (SELECT a.wallet, a.got_at, coalesce(b.up, a.up) AS up, least(a.low, coalesce(b.low, a.low)) AS low FROM p0 a LEFT JOIN p0 b ON b.wallet = a.up),
p2 AS (SELECT a.wallet, a.got_at, coalesce(b.up, a.up) AS up, least(a.low, coalesce(b.low, a.low)) AS low FROM p1 a LEFT JOIN p1 b ON b.wallet = a.up),
p3 AS (SELECT a.wallet, a.got_at, coalesce(b.up, a.up) AS up, least(a.low, coalesce(b.low, a.low)) AS low FROM p2 a LEFT JOIN p2 b ON b.wallet = a.up),
p4 AS (SELECT a.wallet, a.got_at, coalesce(b.up, a.up) AS up, least(a.low, coalesce(b.low, a.low)) AS low FROM p3 a LEFT JOIN p3 b ON b.wallet = a.up),
p5 AS (SELECT a.wallet, a.got_at, coalesce(b.up, a.up) AS up, least(a.low, coalesce(b.low, a.low)) AS low FROM p4 a LEFT JOIN p4 b ON b.wallet = a.up),
p6 AS (SELECT a.wallet, a.got_at, coalesce(b.up, a.up) AS up, least(a.low, coalesce(b.low, a.low)) AS low FROM p5 a LEFT JOIN p5 b ON b.wallet = a.up),
p7 AS (SELECT a.wallet, a.got_at, coalesce(b.up, a.up) AS up, least(a.low, coalesce(b.low, a.low)) AS low FROM p6 a LEFT JOIN p6 b ON b.wallet = a.up),
p8 AS (SELECT a.wallet, a.got_at, coalesce(b.up, a.up) AS up, least(a.low, coalesce(b.low, a.low)) AS low FROM p7 a LEFT JOIN p7 b ON b.wallet = a.up),
p9 AS (SELECT a.wallet, a.got_at, coalesce(b.up, a.up) AS up, least(a.low, coalesce(b.low, a.low)) AS low FROM p8 a LEFT JOIN p8 b ON b.wallet = a.up)
-- At the end of a line stands its root; in a circle, whoever is met there knows the smallest name of the circle.
SELECT p.wallet, p.got_at, coalesce(r.low, p.up) AS ring FROM p9 p LEFT JOIN p9 r ON r.wallet = p.up
