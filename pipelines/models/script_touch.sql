-- Which groups of accounts that click through missions with the same order and the same pauses an account touches, and with
-- how many windows.
--
-- A window is three consecutive missions and the two pauses between them, each pause in bins of one natural-log unit (two
-- phases, so that no edge hides a match). Null: people who take the same three missions in a row (a guide makes
-- that common) pause like everybody: the expected number of a window is the number of accounts with those three
-- missions times the share of that pair of pauses among all windows. A window is used when Chernoff's bound of its Poisson
-- tail is below 1 % after Bonferroni. Accounts joined by such windows form a group. Missions done more than once
-- (daily check-ins) are left out.
WITH act AS (
  SELECT account_id, kind, min(occurred_at) AS done_at
  FROM (SELECT DISTINCT account_id, kind, occurred_at FROM raw.engagement WHERE length(kind) <= 64)
  GROUP BY account_id, kind
  HAVING count(*) = 1
),
step AS (
  SELECT account_id, done_at, kind AS b,
    lag(kind) OVER own AS a, done_at - lag(done_at) OVER own AS pause,
    lag(kind, 2) OVER own AS z, lag(done_at) OVER own - lag(done_at, 2) OVER own AS before
  FROM act
  WINDOW own AS (PARTITION BY account_id ORDER BY done_at, kind)
),
-- Pauses under one second are one second: the clock's grain.
trio AS (
  SELECT account_id, z, a, b, phase,
    CAST(floor(ln(greatest(before, 1000)) + phase / 2.0) AS BIGINT) AS bin0,
    CAST(floor(ln(greatest(pause, 1000)) + phase / 2.0) AS BIGINT) AS bin1
  FROM step, (VALUES (0), (1)) p(phase)
  WHERE z IS NOT NULL
),
habit AS (SELECT phase, bin0, bin1, count(*) AS n FROM trio GROUP BY ALL),
total AS (SELECT phase, count(*) AS n FROM trio GROUP BY phase),
same_kinds AS (SELECT phase, z, a, b, count(*) AS n FROM trio GROUP BY ALL),
counted AS (SELECT z, a, b, phase, bin0, bin1, count(*) AS n FROM trio GROUP BY ALL),
windows AS (
  SELECT c.*, k.n * h.n / t.n AS expected, count(*) OVER () AS tests
  FROM counted c
  JOIN same_kinds k USING (phase, z, a, b)
  JOIN habit h USING (phase, bin0, bin1)
  JOIN total t USING (phase)
),
used AS (
  SELECT z, a, b, phase, bin0, bin1,
    concat_ws('>', z, a, b, phase, bin0, bin1) AS token,
    CAST(round(1000 * (n * ln(n / expected) - n + expected)) AS BIGINT) AS strength
  FROM windows
  WHERE n >= 4 AND n > expected AND n * ln(n / expected) - n + expected > ln(tests) + ln(100)
),
member AS (SELECT t.account_id, u.token, u.strength FROM trio t JOIN used u USING (z, a, b, phase, bin0, bin1)),
-- Labels spread three rounds: an account begins with its strongest window; a window takes the label that most of its
-- accounts hold, an account the one that most of its windows hold. One chance match in common joins no two scripts.
round0 AS (SELECT account_id, max(struct_pack(s := strength, t := token)) AS label FROM member GROUP BY account_id),
votes1 AS (SELECT token, label, count(*) AS n FROM member JOIN round0 USING (account_id) GROUP BY ALL),
token1 AS (SELECT token, max(struct_pack(n := n, l := label)).l AS label FROM votes1 GROUP BY token),
votes2 AS (SELECT account_id, label, count(*) AS n FROM member JOIN token1 USING (token) GROUP BY ALL),
round1 AS (SELECT account_id, max(struct_pack(n := n, l := label)).l AS label FROM votes2 GROUP BY account_id),
votes3 AS (SELECT token, label, count(*) AS n FROM member JOIN round1 USING (account_id) GROUP BY ALL),
token2 AS (SELECT token, max(struct_pack(n := n, l := label)).l AS label FROM votes3 GROUP BY token),
votes4 AS (SELECT account_id, label, count(*) AS n FROM member JOIN token2 USING (token) GROUP BY ALL)
SELECT account_id, label.t AS script, n AS windows FROM votes4
