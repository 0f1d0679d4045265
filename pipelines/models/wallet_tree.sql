-- Wallets that live on money from one root: stars, chains and trees of first money, through wallets of strangers as well.
--
-- A wallet hangs on its source if it lived on that source's money and the source does not serve the public. A source of five or more
-- that does not may still have a customer who is a stranger to the rest, as an exchange has that one operator uses for an hour: each
-- wallet hangs by its own facts, which are that it sends to the place that is the source's own, or that it was filled in a run of
-- four or more whose gaps, in other people's first money, are a third of what the source's wallets would leave if they came when
-- everybody does. Pointers are doubled ten times, so a chain of a thousand links is followed to its root. One row per wallet that
-- hangs on another; `siblings` counts those filled by the same source.
WITH born AS (
  SELECT s.wallet, s.source, s.lived_on, s.place, s.everybody, f.children, f.own_place,
    coalesce(CAST(s.place - lag(s.place) OVER own AS DOUBLE) * f.children * 3 > s.everybody, TRUE) AS late
  FROM features.wallet_source s LEFT JOIN features.wallet_funder f ON f.source = s.source
  WHERE s.source IS NOT NULL AND NOT coalesce(f.public, FALSE)
  WINDOW own AS (PARTITION BY s.source ORDER BY s.place, s.wallet)
),
run AS (SELECT *, sum(CAST(late AS INTEGER)) OVER (PARTITION BY source ORDER BY place, wallet ROWS UNBOUNDED PRECEDING) AS run FROM born),
own AS (
  SELECT r.*, p.from_wallet IS NOT NULL AS sends, count(*) OVER (PARTITION BY r.source, r.run) AS together
  FROM run r LEFT JOIN features.wallet_pair p ON p.from_wallet = r.wallet AND p.to_wallet = r.own_place
),
p0 AS (
  SELECT wallet, source AS up, 1 AS depth FROM own
  WHERE lived_on AND (coalesce(children, 1) < 5 OR place IS NULL OR sends OR together >= 4)
),
p1 AS (SELECT a.wallet, coalesce(b.up, a.up) AS up, a.depth + coalesce(b.depth, 0) AS depth FROM p0 a LEFT JOIN p0 b ON b.wallet = a.up),
p2 AS (SELECT a.wallet, coalesce(b.up, a.up) AS up, a.depth + coalesce(b.depth, 0) AS depth FROM p1 a LEFT JOIN p1 b ON b.wallet = a.up),
p3 AS (SELECT a.wallet, coalesce(b.up, a.up) AS up, a.depth + coalesce(b.depth, 0) AS depth FROM p2 a LEFT JOIN p2 b ON b.wallet = a.up),
p4 AS (SELECT a.wallet, coalesce(b.up, a.up) AS up, a.depth + coalesce(b.depth, 0) AS depth FROM p3 a LEFT JOIN p3 b ON b.wallet = a.up),
p5 AS (SELECT a.wallet, coalesce(b.up, a.up) AS up, a.depth + coalesce(b.depth, 0) AS depth FROM p4 a LEFT JOIN p4 b ON b.wallet = a.up),
p6 AS (SELECT a.wallet, coalesce(b.up, a.up) AS up, a.depth + coalesce(b.depth, 0) AS depth FROM p5 a LEFT JOIN p5 b ON b.wallet = a.up),
p7 AS (SELECT a.wallet, coalesce(b.up, a.up) AS up, a.depth + coalesce(b.depth, 0) AS depth FROM p6 a LEFT JOIN p6 b ON b.wallet = a.up),
p8 AS (SELECT a.wallet, coalesce(b.up, a.up) AS up, a.depth + coalesce(b.depth, 0) AS depth FROM p7 a LEFT JOIN p7 b ON b.wallet = a.up),
p9 AS (SELECT a.wallet, coalesce(b.up, a.up) AS up, a.depth + coalesce(b.depth, 0) AS depth FROM p8 a LEFT JOIN p8 b ON b.wallet = a.up)
SELECT p.wallet, p.up AS root, p.depth, s.source, s.first_at, s.first_amount, s.place, s.everybody, s.elsewhere,
  count(*) OVER (PARTITION BY s.source) AS siblings
FROM p9 p JOIN features.wallet_source s ON s.wallet = p.wallet
