-- Groups of features.action_group that keep the same moments: a group joins the largest other one whose
-- moments (the median time of its members per day) at least half of its members kept, within twenty minutes,
-- on four days or more and on three fifths of the days.
WITH act AS (
  SELECT g.label AS cadence, a.account_id, a.kind, a.day, a.done_at
  FROM features.action_group g
  JOIN features.repeated_action a ON a.account_id = g.member AND a.kind = split_part(g.label, ' ', 1)
  WHERE g.best
),
size AS (SELECT label AS cadence, count(*) AS n FROM features.action_group WHERE best GROUP BY label),
moment AS (
  SELECT cadence, kind, day, CAST(quantile_cont(done_at, 0.5) AS BIGINT) AS middle
  FROM act GROUP BY ALL HAVING count(*) >= 2
),
met AS (
  SELECT a.cadence, m.cadence AS other, a.account_id, count(*) AS days,
    count(*) FILTER (WHERE abs(a.done_at - m.middle) <= 20 * minute_ms()) AS kept
  FROM act a JOIN moment m ON m.kind = a.kind AND m.day = a.day AND m.cadence <> a.cadence GROUP BY ALL
),
joins AS (
  SELECT m.cadence, m.other, o.n
  FROM met m JOIN size s ON s.cadence = m.cadence JOIN size o ON o.cadence = m.other
  WHERE o.n > s.n OR (o.n = s.n AND m.other < m.cadence)
  GROUP BY m.cadence, m.other, s.n, o.n
  HAVING count(*) FILTER (WHERE m.kept >= 4 AND m.kept * 5 >= m.days * 3) * 2 >= s.n
)
SELECT cadence AS a, min(struct_pack(n := -n, other := other)).other AS b FROM joins GROUP BY cadence
