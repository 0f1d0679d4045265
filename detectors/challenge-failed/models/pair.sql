-- Rounds together of a card beside each other card: whether the other held, and how often before the card
-- failed while the other held (`k_held` of `n_held`) and while it did not (`k_open` of `n_open`).
SELECT kind, cohort, t.unit, round, t.failed, o.unit AS other, o.held,
  coalesce(sum(o.held) OVER past, 0) AS n_held, coalesce(sum(o.held * t.failed) OVER past, 0) AS k_held,
  coalesce(sum(o.failed) OVER past, 0) AS n_open, coalesce(sum(o.failed * t.failed) OVER past, 0) AS k_open
FROM own.turn t JOIN own.asked o USING (cohort, round) WHERE o.together AND o.unit <> t.unit
WINDOW past AS (PARTITION BY kind, cohort, t.unit, o.unit ORDER BY round
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
