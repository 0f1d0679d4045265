-- Each account that touches a group with one mission script, judged alone in the group that suits it best
-- (features.script_fit).
--
-- `followed`: some one member of the group went through most of the same steps before this account, beyond
-- chance (the same ratio over the steps of both, a match counting only if the other was earlier; Bonferroni
-- over the group). Whoever nobody went before may have been copied, also if many others were each before him
-- at one step: whoever tries every pace beforehand is before everybody somewhere. Looked at are the 128
-- earliest of those who match the group themselves, so that no crowd of passers-by hides them. `class`: most
-- others made most of its steps within the same two minutes, but not to the second: a room that is told what
-- to click next.
WITH compared AS (
  SELECT m.* FROM features.script_match m JOIN features.script_fit f USING (script, account_id, early)
),
placed AS (
  SELECT script, account_id,
    hit
      AND (count(*) OVER (PARTITION BY script, b ORDER BY done_at
        RANGE BETWEEN 2 * minute_ms() PRECEDING AND 2 * minute_ms() FOLLOWING)
        - 1)
        * 2
        > count(*) OVER (PARTITION BY script, b) - 1 AS in_class
  FROM compared
),
classed AS (
  SELECT script, account_id, count(*) FILTER (WHERE in_class) AS in_class
  FROM placed GROUP BY script, account_id
),
leader AS (
  SELECT script, account_id, count(*) OVER (PARTITION BY script) AS n
  FROM features.script_fit WHERE llr >= 4 AND matched >= 3
  QUALIFY row_number() OVER (PARTITION BY script ORDER BY first_at, account_id) <= 128
),
led AS (
  SELECT j.script, j.account_id
  FROM compared j
  JOIN features.script_fit f ON f.script = j.script AND f.account_id = j.account_id
  JOIN leader l ON l.script = j.script AND l.account_id <> j.account_id
  JOIN compared e ON e.script = l.script AND e.account_id = l.account_id AND e.a = j.a AND e.b = j.b
  GROUP BY j.script, j.account_id, l.account_id, l.n, f.matched
  HAVING count(*) FILTER (WHERE j.hit AND e.hit AND e.done_at < j.done_at) * 2 > f.matched
    AND fsum(CASE WHEN j.hit AND e.hit AND e.done_at < j.done_at THEN ln(0.8 / j.share)
      ELSE ln(0.2 / (1 - j.share)) END)
      >= ln(l.n) + 1
)
SELECT f.script, f.account_id, f.first_at, s.last_at, f.steps, f.matched, f.exact,
  f.account_id IN (SELECT account_id FROM led) AS followed,
  c.in_class * 2 > f.matched AND f.exact * 5 < f.matched * 4 AS class, f.llr,
  (SELECT count(DISTINCT account_id) FROM features.mission_step) AS everybody
FROM features.script_fit f
JOIN classed c ON c.script = f.script AND c.account_id = f.account_id
JOIN (SELECT DISTINCT account_id, last_at FROM features.mission_step) s ON s.account_id = f.account_id
