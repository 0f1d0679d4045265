-- The bet that a card fails with one certain partner, and the rounds in which both held.
SELECT kind, cohort, unit, other, fsum(ln(abs(1 - failed - chance))) AS nats,
  sum(held * (1 - failed)) AS both_held
FROM (
  SELECT *,
    CASE held WHEN 1 THEN (k_held + 1 + 0.5) / (n_held + 2)
      ELSE (k_open + $open_prior) / (n_open + 1) END AS chance
  FROM own.pair
)
GROUP BY kind, cohort, unit, other
