-- Groups of accounts that repeat an action in the same half-hours, day after day (after SynchroTrap).
--
-- A window is three or five actions of one account in a row, each in its half-hour since 1970 (two phases, so that no edge
-- hides a match). Null: everybody acts in a half-hour with the population's share, day by day anew, so a window is expected
-- in as many accounts as the product of the shares says. It is used when Chernoff's bound of its Poisson tail is below 1 %
-- after Bonferroni. Accounts joined by such windows form a group; the strongest label spreads three rounds. People with one
-- time of day in common meet again and again, too: features.action_member tests each account against its own habit.
WITH slot AS (
  SELECT a.*, p.phase, idiv(a.done_at - p.phase * 900000, 1800000) AS bin
  FROM features.repeated_action a CROSS JOIN (VALUES (0), (1)) p(phase)
),
share AS (SELECT kind, phase, bin, ln(count(*) / max(active)) AS log_share FROM slot GROUP BY kind, phase, bin),
row_of AS (
  SELECT s.account_id, s.kind, s.phase, s.active, s.turn, s.bin, h.log_share
  FROM slot s JOIN share h USING (kind, phase, bin)
),
line AS (
  SELECT account_id, kind, phase, active, concat_ws(' ', lag(bin, 2) OVER own, lag(bin) OVER own, bin) AS three,
    log_share + lag(log_share) OVER own + lag(log_share, 2) OVER own AS three_log,
    concat_ws(' ', lag(bin, 4) OVER own, lag(bin, 3) OVER own, lag(bin, 2) OVER own, lag(bin) OVER own, bin) AS five,
    log_share + lag(log_share) OVER own + lag(log_share, 2) OVER own + lag(log_share, 3) OVER own + lag(log_share, 4) OVER own AS five_log
  FROM row_of
  WINDOW own AS (PARTITION BY account_id, kind, phase ORDER BY turn)
),
stretch AS (
  SELECT account_id, kind, phase, active, three AS bins, three_log AS log_expected FROM line WHERE three_log IS NOT NULL
  UNION ALL
  SELECT account_id, kind, phase, active, five, five_log FROM line WHERE five_log IS NOT NULL
),
counted AS (
  SELECT kind, phase, bins, max(active) * exp(max(log_expected)) AS expected, count(*) AS n, count(*) OVER () AS tests
  FROM stretch
  GROUP BY kind, phase, bins
),
used AS (
  SELECT kind, phase, bins, concat_ws(' ', kind, phase, bins) AS token,
    CAST(round(1000 * (n * ln(n / greatest(expected, 1e-12)) - n + expected)) AS BIGINT) AS strength
  FROM counted
  WHERE n >= 3 AND n > expected AND n * ln(n / greatest(expected, 1e-12)) - n + expected > ln(tests) + ln(100)
),
member AS (SELECT t.account_id, u.token, u.strength FROM stretch t JOIN used u USING (kind, phase, bins)),
round0 AS (SELECT account_id, max(struct_pack(s := strength, t := token)) AS label FROM member GROUP BY account_id),
votes1 AS (SELECT token, label, count(*) AS n FROM member JOIN round0 USING (account_id) GROUP BY ALL),
token1 AS (SELECT token, max(struct_pack(n := n, l := label)).l AS label FROM votes1 GROUP BY token),
votes2 AS (SELECT account_id, label, count(*) AS n FROM member JOIN token1 USING (token) GROUP BY ALL),
round1 AS (SELECT account_id, max(struct_pack(n := n, l := label)).l AS label FROM votes2 GROUP BY account_id),
votes3 AS (SELECT token, label, count(*) AS n FROM member JOIN round1 USING (account_id) GROUP BY ALL),
token2 AS (SELECT token, max(struct_pack(n := n, l := label)).l AS label FROM votes3 GROUP BY token),
votes4 AS (SELECT account_id, label, count(*) AS n FROM member JOIN token2 USING (token) GROUP BY ALL)
SELECT account_id, max(struct_pack(n := n, l := label)).l.t AS cadence FROM votes4 GROUP BY account_id
