-- Each step of an account that touches a group with one mission script (features.script_touch), against the
-- members' usual pause there: the median over all members, or (`early`) over the half that came first: dozens
-- of copies of one member would move the median away from all others, but copies come after what they copy.
-- `hit`: within half a log unit or 3 s. `exact`: within 3 s of a usual pause of 15 s or more. `share`: the
-- population's share of pauses within half a log unit; `sharp`: the share of the unit that six seconds are.
WITH grouped AS (
  SELECT t.label AS script, t.member AS account_id, s.first_at,
    row_number() OVER (PARTITION BY t.label ORDER BY s.first_at, t.member) * 2
      <= count(*) OVER (PARTITION BY t.label) + 1 AS early
  FROM features.script_touch t
  JOIN (SELECT DISTINCT account_id, first_at FROM features.mission_step) s ON s.account_id = t.member
),
-- Held as a table: were steps joined before groups, every account would meet the lines of all groups.
taken AS MATERIALIZED (
  SELECT g.*, s.a, s.b, s.done_at, s.pause, ln(greatest(s.pause, second_ms())) AS log_pause
  FROM grouped g JOIN features.mission_step s USING (account_id) WHERE s.a IS NOT NULL
),
-- Steps of the group that at least three members make.
line AS (
  SELECT v.early, g.script, g.a, g.b, quantile_cont(g.log_pause, 0.5) AS usual
  FROM taken g JOIN (VALUES (FALSE), (TRUE)) v(early) ON g.early OR NOT v.early
  GROUP BY ALL HAVING count(*) >= 3
),
pauses AS (
  SELECT CAST(floor(4 * ln(greatest(pause, second_ms()))) AS BIGINT) AS q, count(*) AS n
  FROM features.mission_step WHERE a IS NOT NULL GROUP BY q
),
-- Four quarter-bins and one to spare.
chance AS (
  SELECT l.early, l.script, l.a, l.b, l.usual, greatest(sum(p.n) / (SELECT sum(n) FROM pauses), 0.02) AS share
  FROM line l JOIN pauses p ON p.q - CAST(floor(4 * l.usual) AS BIGINT) BETWEEN -2 AND 2 GROUP BY ALL
)
SELECT s.account_id, s.a, s.b, s.done_at, s.first_at, c.script, c.early, c.share,
  CASE WHEN exp(c.usual) >= 15000
      THEN least(6000 / (exp(c.usual + 0.5) - exp(c.usual - 0.5)), 0.5) END AS sharp,
  abs(s.log_pause - c.usual) <= 0.5 OR abs(s.pause - exp(c.usual)) <= 3000 AS hit,
  abs(s.pause - exp(c.usual)) <= 3000 AND exp(c.usual) >= 15000 AS exact
FROM taken s JOIN chance c ON c.script = s.script AND c.a = s.a AND c.b = s.b
