-- Groups of accounts whose machines restarted in the same three half-hours, on two days or more, beyond chance (after
-- SynchroTrap). Per account the twelve half-hours of greatest lift with three accounts are looked at. A triple shared by n
-- accounts is used when Chernoff's bound of its Poisson tail, under independent restarts, is below 1 % after
-- Bonferroni. Accounts joined by such triples form a group; the strongest label spreads three rounds.
WITH chosen AS (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY account_id, phase ORDER BY lift DESC, bin) AS choice
    FROM features.activity_restart WHERE n >= 3
  ) WHERE choice <= 12
),
triple AS (
  SELECT a.account_id, a.phase, a.bin AS x, b.bin AS y, c.bin AS z, a.everybody * a.share * b.share * c.share AS expected
  FROM chosen a
  JOIN chosen b ON b.account_id = a.account_id AND b.phase = a.phase AND b.bin > a.bin + 1
  JOIN chosen c ON c.account_id = a.account_id AND c.phase = a.phase AND c.bin > b.bin + 1
  WHERE idiv(c.bin, 48) > idiv(a.bin, 48)
),
counted AS (SELECT phase, x, y, z, max(expected) AS expected, count(*) AS n, count(*) OVER () AS tests FROM triple GROUP BY phase, x, y, z),
used AS (
  SELECT phase, x, y, z, concat_ws(' ', phase, x, y, z) AS token,
    CAST(round(1000 * (n * ln(n / greatest(expected, 1e-12)) - n + expected)) AS BIGINT) AS strength
  FROM counted
  WHERE n >= 3 AND n > expected AND n * ln(n / greatest(expected, 1e-12)) - n + expected > ln(tests) + ln(100)
),
member AS (SELECT t.account_id, u.token, u.strength FROM triple t JOIN used u USING (phase, x, y, z)),
round0 AS (SELECT account_id, max(struct_pack(s := strength, t := token)) AS label FROM member GROUP BY account_id),
votes1 AS (SELECT token, label, count(*) AS n FROM member JOIN round0 USING (account_id) GROUP BY ALL),
token1 AS (SELECT token, max(struct_pack(n := n, l := label)).l AS label FROM votes1 GROUP BY token),
votes2 AS (SELECT account_id, label, count(*) AS n FROM member JOIN token1 USING (token) GROUP BY ALL),
round1 AS (SELECT account_id, max(struct_pack(n := n, l := label)).l AS label FROM votes2 GROUP BY account_id),
votes3 AS (SELECT token, label, count(*) AS n FROM member JOIN round1 USING (account_id) GROUP BY ALL),
token2 AS (SELECT token, max(struct_pack(n := n, l := label)).l AS label FROM votes3 GROUP BY token),
votes4 AS (SELECT account_id, label, count(*) AS n FROM member JOIN token2 USING (token) GROUP BY ALL)
SELECT account_id, max(struct_pack(n := n, l := label)).l.t AS lockstep FROM votes4 GROUP BY account_id
