-- The order in which an account's wallet first sent to the places that others send to as well, with pauses
-- and amounts: one row per such place (`b`) with the two before it (`a`, `z`). Logarithms of milliseconds and
-- amounts; NULL where absent.
WITH sent AS (
  SELECT p.from_wallet AS wallet, p.to_wallet AS place, p.first_at,
    CASE WHEN p.first_amount > 0 THEN ln(p.first_amount) END AS log_amount
  FROM features.wallet_pair p
  WHERE p.untimed = 0 AND p.from_wallet IN (SELECT wallet FROM features.wallet_owner)
  QUALIFY count(*) OVER (PARTITION BY p.to_wallet) >= $least_wallets
),
click AS (
  SELECT *, first_at - lag(first_at) OVER (PARTITION BY wallet ORDER BY first_at, place) AS after FROM sent
)
SELECT wallet, place AS b, first_at, log_amount, lag(place) OVER own AS a, lag(place, 2) OVER own AS z,
  lag(log_amount) OVER own AS log_amount_a,
  ln(greatest(first_at - lag(first_at) OVER own, second_ms())) AS log_pause,
  ln(greatest(lag(first_at) OVER own - lag(first_at, 2) OVER own, second_ms())) AS log_before
FROM click WHERE after IS NULL OR after >= minute_ms()
WINDOW own AS (PARTITION BY wallet ORDER BY first_at, place)
