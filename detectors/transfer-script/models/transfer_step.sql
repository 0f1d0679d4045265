-- The order in which a wallet first sent to the places that others send to as well: one row per such place after its first, with the
-- place before, the pauses and the amounts. Places with fewer than four senders (deposit addresses, friends) are left out, so
-- that they interrupt no order; so are places reached within a minute of the one before, which one click on a router does for all its
-- users. Logarithms of milliseconds and amounts; NULL where absent. Account wallets only, where all times are known.
WITH sent AS (
  SELECT p.from_wallet AS wallet, p.to_wallet AS place, p.first_at, CASE WHEN p.first_amount > 0 THEN ln(p.first_amount) END AS log_amount
  FROM (SELECT DISTINCT wallet FROM features.wallet_owner) o JOIN features.wallet_pair p ON p.from_wallet = o.wallet
  WHERE p.untimed = 0
),
shared AS (SELECT place FROM sent GROUP BY place HAVING count(*) >= 4),
click AS (
  SELECT s.*, s.first_at - lag(s.first_at) OVER (PARTITION BY s.wallet ORDER BY s.first_at, s.place) AS after FROM sent s JOIN shared h ON h.place = s.place
)
SELECT s.wallet, s.place AS b, s.first_at, s.log_amount,
  lag(s.place) OVER own AS a, lag(s.place, 2) OVER own AS z, lag(s.log_amount) OVER own AS log_amount_a,
  ln(greatest(s.first_at - lag(s.first_at) OVER own, 1000)) AS log_pause,
  ln(greatest(lag(s.first_at) OVER own - lag(s.first_at, 2) OVER own, 1000)) AS log_before
FROM click s WHERE s.after IS NULL OR s.after >= 60000
WINDOW own AS (PARTITION BY s.wallet ORDER BY s.first_at, s.place)
