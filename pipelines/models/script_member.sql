-- Each account that touches groups with one mission script (features.script_touch), judged alone in the group that suits it
-- best, against the members' usual pause per step: log-likelihood ratio of the matches among its steps (match = within half a
-- log unit or 3 s; probability 0.8 for the script, the population's share of such pauses for chance; to 3 s as often as with
-- the other members, against the share of the unit that six seconds are). The usual pause is the median over all members or,
-- if the account fits it better (ln 2 is paid for the choice), over the half that came first: dozens of copies of one member would move the median away from
-- all others, but copies come after what they copy. `exact` counts pauses of 15 s or more within 3 s; `followed`: some one
-- member of the group went through most of the same steps before this account, beyond chance (the same ratio over the steps of
-- both, a match counting only if the other was earlier; Bonferroni over the group). Whoever nobody went before may have been copied,
-- also if many others were each before him at one step: whoever tries every pace beforehand is before everybody somewhere.
-- Looked at are the 128 earliest of those who match the group themselves, so that no crowd of passers-by hides them.
-- `class`: most others made most of its steps within the same two minutes, but not to the second: a room that is told what
-- to click next.
WITH act AS (
  SELECT account_id, kind, min(occurred_at) AS done_at
  FROM (SELECT DISTINCT account_id, kind, occurred_at FROM raw.engagement WHERE length(kind) <= 64)
  GROUP BY account_id, kind
  HAVING count(*) = 1
),
step AS (
  SELECT account_id, kind AS b, done_at, lag(kind) OVER own AS a, done_at - lag(done_at) OVER own AS pause
  FROM act
  WINDOW own AS (PARTITION BY account_id ORDER BY done_at, kind)
),
span AS (SELECT account_id, min(done_at) AS first_at, max(done_at) AS last_at FROM act GROUP BY account_id),
grouped AS (
  SELECT g.script, g.account_id,
    row_number() OVER (PARTITION BY g.script ORDER BY s.first_at, g.account_id) * 2 <= count(*) OVER (PARTITION BY g.script) + 1 AS early
  FROM features.script_touch g JOIN span s USING (account_id)
),
-- Held as a table: were steps joined before groups, every account would meet the lines of all groups.
taken AS MATERIALIZED (
  SELECT g.script, g.account_id, g.early, s.a, s.b, s.done_at, s.pause
  FROM grouped g JOIN step s USING (account_id)
  WHERE s.a IS NOT NULL
),
-- Steps of the group that at least three members make, and the members' usual pause.
line AS (
  SELECT v.early, g.script, g.a, g.b, quantile_cont(ln(greatest(g.pause, 1000)), 0.5) AS usual
  FROM taken g JOIN (VALUES (FALSE), (TRUE)) v(early) ON g.early OR NOT v.early
  GROUP BY ALL
  HAVING count(*) >= 3
),
pauses AS (SELECT CAST(floor(4 * ln(greatest(pause, 1000))) AS BIGINT) AS q, count(*) AS n FROM step WHERE a IS NOT NULL GROUP BY q),
-- Share of the population's pauses within half a log unit: four quarter-bins and one to spare.
chance AS (
  SELECT l.early, l.script, l.a, l.b, l.usual, greatest(sum(p.n) / (SELECT sum(n) FROM pauses), 0.02) AS share
  FROM line l JOIN pauses p ON p.q BETWEEN CAST(floor(4 * l.usual) AS BIGINT) - 2 AND CAST(floor(4 * l.usual) AS BIGINT) + 2
  GROUP BY ALL
),
tried AS (
  SELECT s.account_id, s.a, s.b, s.done_at, c.script, c.early, c.share,
    CASE WHEN exp(c.usual) >= 15000 THEN least(6000 / (exp(c.usual + 0.5) - exp(c.usual - 0.5)), 0.5) END AS sharp,
    abs(ln(greatest(s.pause, 1000)) - c.usual) <= 0.5 OR abs(s.pause - exp(c.usual)) <= 3000 AS hit,
    abs(s.pause - exp(c.usual)) <= 3000 AND exp(c.usual) >= 15000 AS exact
  FROM taken s JOIN chance c ON c.script = s.script AND c.a = s.a AND c.b = s.b
),
-- How often the others' matches are to the second: a script that keeps its pauses is told from one that varies them.
kept AS (
  SELECT script, account_id, early,
    (sum(count(*) FILTER (WHERE exact)) OVER whole - count(*) FILTER (WHERE exact) + 0.2)
      / (sum(count(*) FILTER (WHERE hit AND sharp IS NOT NULL)) OVER whole - count(*) FILTER (WHERE hit AND sharp IS NOT NULL) + 2.0) AS rate
  FROM tried GROUP BY script, account_id, early
  WINDOW whole AS (PARTITION BY script, early)
),
fit AS (
  SELECT t.script, t.account_id, t.early, count(*) AS steps,
    count(*) FILTER (WHERE t.hit) AS matched,
    count(*) FILTER (WHERE t.exact) AS exact,
    fsum(CASE WHEN NOT t.hit THEN ln(0.2 / (1 - t.share)) WHEN t.sharp IS NULL THEN ln(0.8 / t.share)
      WHEN t.exact THEN ln(0.8 * k.rate / (t.share * t.sharp)) ELSE ln(0.8 * (1 - k.rate) / (t.share * (1 - t.sharp))) END)
      - CASE WHEN t.early THEN ln(2) ELSE 0 END AS llr
  FROM tried t JOIN kept k ON k.script = t.script AND k.account_id = t.account_id AND k.early = t.early
  GROUP BY t.script, t.account_id, t.early
),
own AS (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY account_id ORDER BY llr DESC, early, script) AS choice FROM fit
  ) WHERE choice = 1
),
compared AS (SELECT t.* FROM tried t JOIN own o USING (script, account_id, early)),
placed AS (
  SELECT *,
    hit AND (count(*) OVER (PARTITION BY script, b ORDER BY done_at RANGE BETWEEN 120000 PRECEDING AND 120000 FOLLOWING) - 1) * 2
      > count(*) OVER (PARTITION BY script, b) - 1 AS in_class
  FROM compared
),
classed AS (
  SELECT script, account_id, count(*) FILTER (WHERE in_class) AS in_class FROM placed GROUP BY script, account_id
),
leader AS (
  SELECT script, account_id, n FROM (
    SELECT o.script, o.account_id, count(*) OVER (PARTITION BY o.script) AS n,
      row_number() OVER (PARTITION BY o.script ORDER BY s.first_at, o.account_id) AS place
    FROM own o JOIN span s USING (account_id) WHERE o.llr >= 4 AND o.matched >= 3
  ) WHERE place <= 128
),
led AS (
  SELECT DISTINCT script, account_id FROM (
    SELECT j.script, j.account_id, l.account_id AS leader, max(l.n) AS n, max(o.matched) AS matched,
      count(*) FILTER (WHERE j.hit AND e.hit AND e.done_at < j.done_at) AS after,
      fsum(CASE WHEN j.hit AND e.hit AND e.done_at < j.done_at THEN ln(0.8 / j.share) ELSE ln(0.2 / (1 - j.share)) END) AS llr
    FROM compared j
    JOIN own o ON o.script = j.script AND o.account_id = j.account_id
    JOIN leader l ON l.script = j.script AND l.account_id <> j.account_id
    JOIN compared e ON e.script = l.script AND e.account_id = l.account_id AND e.a = j.a AND e.b = j.b
    GROUP BY j.script, j.account_id, l.account_id
  ) WHERE after * 2 > matched AND llr >= ln(n) + 1
)
SELECT o.script, o.account_id, s.first_at, s.last_at, o.steps, o.matched, o.exact,
  f.account_id IS NOT NULL AS followed,
  c.in_class * 2 > o.matched AND o.exact * 5 < o.matched * 4 AS class,
  o.llr, (SELECT count(DISTINCT account_id) FROM act) AS everybody
FROM own o
JOIN classed c ON c.script = o.script AND c.account_id = o.account_id
JOIN span s ON s.account_id = o.account_id
LEFT JOIN led f ON f.script = o.script AND f.account_id = o.account_id
