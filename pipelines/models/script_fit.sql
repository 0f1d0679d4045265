-- The group with one mission script that suits an account best: log-likelihood ratio of the matches among its
-- steps. A match has probability 0.8 for the script and the population's share of such pauses for chance; to
-- 3 s it comes as often as with the other members, against the share of the unit that six seconds are: a
-- script that keeps its pauses is told from one that varies them. ln 2 is paid for the choice of the early
-- members' median. One row per account.
WITH kept AS (
  SELECT script, account_id, early,
    (sum(count(*) FILTER (WHERE exact)) OVER whole - count(*) FILTER (WHERE exact) + 0.2)
      / (sum(count(*) FILTER (WHERE hit AND sharp IS NOT NULL)) OVER whole
        - count(*) FILTER (WHERE hit AND sharp IS NOT NULL) + 2.0) AS rate
  FROM features.script_match GROUP BY script, account_id, early WINDOW whole AS (PARTITION BY script, early)
)
SELECT script, account_id, early, first_at, count(*) AS steps, count(*) FILTER (WHERE hit) AS matched,
  count(*) FILTER (WHERE exact) AS exact,
  fsum(CASE WHEN NOT hit THEN ln(0.2 / (1 - share))
    WHEN sharp IS NULL THEN ln(0.8 / share)
    WHEN exact THEN ln(0.8 * rate / (share * sharp))
    ELSE ln(0.8 * (1 - rate) / (share * (1 - sharp))) END)
    - CASE WHEN early THEN ln(2) ELSE 0 END AS llr
FROM features.script_match JOIN kept USING (script, account_id, early)
GROUP BY script, account_id, early, first_at
QUALIFY row_number() OVER (PARTITION BY account_id ORDER BY llr DESC, early, script) = 1
