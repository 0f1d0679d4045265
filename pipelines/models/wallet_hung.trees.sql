-- Wallets that hang on the source of their first money: they lived on it, and the source does not serve the
-- public.
--
-- A source of five or more that does not may still have a customer who is a stranger to the rest, as an
-- exchange has that one operator uses for an hour: each of its wallets hangs by its own facts, which are that
-- it sends to the place that is the source's own, or that it was filled in a run of four or more whose gaps,
-- in other people's first money, are a third of what the source's wallets would leave if they came when
-- everybody does.
WITH born AS (
  SELECT s.wallet, s.source, s.lived_on, s.place, f.children, f.own_place,
    coalesce(CAST(s.place - lag(s.place) OVER own AS DOUBLE) * f.children * 3 > s.everybody, TRUE) AS late
  FROM features.wallet_source s LEFT JOIN features.wallet_funder f ON f.source = s.source
  WHERE s.source IS NOT NULL AND NOT coalesce(f.public, FALSE)
  WINDOW own AS (PARTITION BY s.source ORDER BY s.place, s.wallet)
),
run AS (
  SELECT *,
    count(*) FILTER (WHERE late) OVER (PARTITION BY source ORDER BY place, wallet
      ROWS UNBOUNDED PRECEDING) AS run
  FROM born
)
SELECT r.wallet AS member, r.source AS parent
FROM run r LEFT JOIN features.wallet_pair p ON p.from_wallet = r.wallet AND p.to_wallet = r.own_place
QUALIFY r.lived_on
  AND (coalesce(r.children, 1) < 5
    OR r.place IS NULL
    OR p.from_wallet IS NOT NULL
    OR count(*) OVER (PARTITION BY r.source, r.run) >= 4)
