-- One script clicks through the missions of many accounts: the same order with the same pauses.
--
-- Groups come from features.activity_script. Each member is then judged alone against the members' median pause per step:
-- log-likelihood ratio of the matches among its steps (match = within half a log unit or 3 s; probability 0.8 for the
-- script, the population's share of such pauses for chance). `identical`: six pauses of 15 s or more within 3 s. Whoever was
-- ahead of everybody in most of its matched steps cannot have copied them: `first`; one early mission makes nobody first. Silent for accounts with fewer than four distinct missions done once, and for groups under three.
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
-- Steps of the group that at least three members make, and the members' usual pause.
line AS (
  SELECT g.script, s.a, s.b, count(*) AS n, quantile_cont(ln(greatest(s.pause, 1000)), 0.5) AS usual
  FROM features.activity_script g JOIN step s USING (account_id)
  WHERE s.a IS NOT NULL
  GROUP BY ALL
  HAVING count(*) >= 3
),
pauses AS (SELECT CAST(floor(4 * ln(greatest(pause, 1000))) AS BIGINT) AS q, count(*) AS n FROM step WHERE a IS NOT NULL GROUP BY q),
-- Share of the population's pauses within half a log unit: four quarter-bins and one to spare.
chance AS (
  SELECT l.script, l.a, l.b, l.usual, greatest(sum(p.n) / (SELECT sum(n) FROM pauses), 0.02) AS share
  FROM line l JOIN pauses p ON p.q BETWEEN CAST(floor(4 * l.usual) AS BIGINT) - 2 AND CAST(floor(4 * l.usual) AS BIGINT) + 2
  GROUP BY ALL
),
compared AS (
  SELECT s.account_id, s.a, s.b, s.done_at, c.script, c.share,
    abs(ln(greatest(s.pause, 1000)) - c.usual) <= 0.5 OR abs(s.pause - exp(c.usual)) <= 3000 AS hit,
    abs(s.pause - exp(c.usual)) <= 3000 AND exp(c.usual) >= 15000 AS exact
  FROM features.activity_script g JOIN step s USING (account_id) JOIN chance c ON c.script = g.script AND c.a = s.a AND c.b = s.b
),
-- Ahead: alone the earliest at a mission, of those whose pause before it matches.
placed AS (
  SELECT *, hit AND done_at = min(done_at) FILTER (WHERE hit) OVER (PARTITION BY script, b)
    AND count(*) FILTER (WHERE hit) OVER (PARTITION BY script, b, done_at) = 1 AS ahead
  FROM compared
),
scored AS (
  SELECT p.script, p.account_id, min(act.first_at) AS first_at, max(act.last_at) AS last_at, count(*) AS steps,
    sum(CASE WHEN hit THEN 1 ELSE 0 END) AS matched,
    sum(CASE WHEN exact THEN 1 ELSE 0 END) AS exact,
    sum(CASE WHEN ahead THEN 1 ELSE 0 END) AS ahead,
    fsum(CASE WHEN hit THEN ln(0.8 / share) ELSE ln(0.2 / (1 - share)) END) AS llr
  FROM placed p
  JOIN (SELECT account_id, min(done_at) AS first_at, max(done_at) AS last_at FROM act GROUP BY account_id) act USING (account_id)
  GROUP BY ALL
),
judged AS (
  SELECT *, CASE
    WHEN ahead * 2 > matched THEN 'first'
    WHEN llr >= 12 AND exact >= 6 THEN 'identical'
    WHEN llr >= 8 THEN 'script' ELSE 'similar' END AS level
  FROM scored WHERE llr >= 4 AND matched >= 3
),
size AS (
  SELECT script, count(*) AS n, list(account_id ORDER BY account_id)[1:51] AS ids
  FROM judged GROUP BY script HAVING count(*) >= 3
)
SELECT j.account_id AS subject_id, j.level AS level, j.script AS value,
  list_filter(s.ids, lambda id: id <> j.account_id)[1:50] AS related,
  (SELECT count(DISTINCT account_id) FROM act) AS tested,
  CAST(json_object('accounts', s.n, 'steps', j.steps, 'matched', j.matched, 'within_3_s', j.exact, 'llr_nats', round(j.llr, 1)) AS VARCHAR) AS facts,
  j.first_at AS first_at, j.last_at AS last_at
FROM judged j JOIN size s ON s.script = j.script
