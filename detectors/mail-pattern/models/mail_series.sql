-- One row per account whose address counts: one name with numbers that fill a stretch (own.mail_stretch), or
-- that go on by equal steps. `series` names the letters (and provider) around the number #, the way, and
-- where the stretch begins.
--
-- In the order of registration k of a name's n - 1 differences are one and the same number up to 100, upwards
-- or downwards; two strangers' numbers differ by it with a small chance: Chernoff's bound, times the steps
-- and names tried.
WITH ordered AS (
  SELECT t.account_id, t.name, t.base,
    CASE WHEN min(t.width) OVER named <= 2 THEN $same_step_short ELSE $same_step_long END AS p,
    count(*) OVER named AS n, t.number - lag(t.number) OVER turn AS step,
    lead(t.number) OVER turn - t.number AS next_step
  FROM own.mail_number t JOIN features.account_order o ON o.account_id = t.account_id
  WINDOW turn AS (PARTITION BY t.name, t.base ORDER BY o.created_at, t.account_id),
    named AS (PARTITION BY t.name, t.base)
),
stepping AS (
  SELECT name, base, step,
    chernoff_nats(n - 1, count(*), p) - ln(2 * $most_step)
      - ln((SELECT count(DISTINCT (name, base)) FROM ordered)) AS nats
  FROM ordered WHERE step BETWEEN -$most_step AND $most_step AND step <> 0
  GROUP BY name, base, step, n, p HAVING count(*) >= $least_steps AND count(*) > (n - 1) * p
),
found AS (
  SELECT account_id, series, nats FROM own.mail_stretch
  UNION ALL
  SELECT o.account_id, concat(o.name, ' steps of ', s.step), s.nats
  FROM stepping s
  JOIN ordered o ON o.name = s.name AND o.base = s.base AND (o.step = s.step OR o.next_step = s.step)
)
SELECT *
FROM found WHERE nats >= $series_nats
QUALIFY row_number() OVER (PARTITION BY account_id ORDER BY nats DESC, series) = 1
