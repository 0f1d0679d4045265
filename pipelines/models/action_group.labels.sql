-- Groups of accounts that repeat an action in the same half-hours, day after day (after SynchroTrap), and the
-- windows that say so.
--
-- A window is three or five actions of one account in a row, each in its half-hour since 1970 (two phases, so
-- that no edge hides a match). Null: everybody acts in a half-hour with the population's share, day by day
-- anew, so a window is expected in as many accounts as the product of the shares says. It is used when
-- Chernoff's bound of its Poisson tail is below 1 % after Bonferroni. People with one time of day in common
-- meet again and again, too: features.action_member tests each account against its habit.
WITH slot AS (
  SELECT a.account_id, a.kind, a.turn, a.active, p.phase,
    idiv(a.done_at - p.phase * 15 * minute_ms(), 30 * minute_ms()) AS bin
  FROM features.repeated_action a CROSS JOIN (VALUES (0), (1)) p(phase)
),
shared AS (SELECT *, ln(count(*) OVER (PARTITION BY kind, phase, bin) / active) AS log_share FROM slot),
stretch AS (
  SELECT s.account_id, s.kind, s.phase, s.active, string_agg(o.bin, ' ' ORDER BY o.turn) AS bins,
    fsum(o.log_share) AS log_expected
  FROM shared s
  JOIN (VALUES (3), (5)) w(wide) ON s.turn >= w.wide
  JOIN shared o
    ON o.account_id = s.account_id AND o.kind = s.kind AND o.phase = s.phase
      AND o.turn BETWEEN s.turn - w.wide + 1 AND s.turn
  GROUP BY s.account_id, s.kind, s.phase, s.active, s.turn, w.wide
),
counted AS (
  SELECT kind, phase, bins, max(active) * exp(max(log_expected)) AS expected, count(*) AS n,
    count(*) OVER () AS tests
  FROM stretch GROUP BY kind, phase, bins
)
SELECT s.account_id AS member, concat_ws(' ', kind, phase, bins) AS token,
  poisson_strength(n, expected) AS strength
FROM counted JOIN stretch s USING (kind, phase, bins)
WHERE n >= 3 AND poisson_nats(n, expected) > ln(tests) + ln(100)
