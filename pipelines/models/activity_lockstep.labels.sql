-- Groups of accounts whose machines restarted in the same three half-hours, on two days or more, beyond
-- chance (after SynchroTrap), and the triples that say so. Per account the twelve half-hours of greatest lift
-- with three accounts are looked at. A triple shared by n accounts is used when Chernoff's bound of its
-- Poisson tail, under independent restarts, is below 1 % after Bonferroni.
WITH chosen AS (
  SELECT *
  FROM features.activity_restart WHERE n >= 3
  QUALIFY row_number() OVER (PARTITION BY account_id, phase ORDER BY lift DESC, bin) <= 12
),
triple AS (
  SELECT a.account_id, concat_ws(' ', a.phase, a.bin, b.bin, c.bin) AS token,
    a.everybody * a.share * b.share * c.share AS expected
  FROM chosen a
  JOIN chosen b ON b.account_id = a.account_id AND b.phase = a.phase AND b.bin > a.bin + 1
  JOIN chosen c ON c.account_id = a.account_id AND c.phase = a.phase AND c.bin > b.bin + 1
  WHERE idiv(c.bin, 48) > idiv(a.bin, 48)
),
counted AS (
  SELECT token, max(expected) AS expected, count(*) AS n, count(*) OVER () AS tests FROM triple GROUP BY token
)
SELECT t.account_id AS member, token, poisson_strength(n, c.expected) AS strength
FROM counted c JOIN triple t USING (token) WHERE n >= 3 AND poisson_nats(n, c.expected) > ln(tests) + ln(100)
