-- One script sends from many wallets: the same places in the same order, with the same pauses and amounts.
--
-- Groups come from own.transfer_script. Each member is then judged alone against the members' median pause and amount per step:
-- log-likelihood ratio over its steps. A pause matches within half a log unit (probability 0.8 for the script; for others the
-- population's share of such pauses), an amount within a tenth (likewise, the share among those who pay at that place, so that fixed
-- prices say nothing). Whoever was ahead of everybody in most of his matched steps cannot have copied them: `first`. Mirroring a
-- wallet is possible on a public chain, but only after it. Silent below three steps' worth of evidence, and for groups under four.
WITH line AS (
  SELECT g.script, s.a, s.b, count(*) AS n, quantile_cont(s.log_pause, 0.5) AS pause, quantile_cont(s.log_amount, 0.5) AS amount
  FROM own.transfer_script g JOIN own.transfer_step s ON s.wallet = g.wallet
  WHERE s.a IS NOT NULL GROUP BY ALL HAVING count(*) >= 4
),
waits AS (SELECT CAST(floor(4 * log_pause) AS BIGINT) AS q, count(*) AS n FROM own.transfer_step WHERE a IS NOT NULL GROUP BY q),
prices AS (SELECT b, CAST(floor(20 * log_amount) AS BIGINT) AS q, count(*) AS n FROM own.transfer_step WHERE log_amount IS NOT NULL GROUP BY ALL),
paid AS (SELECT b, sum(n) AS n FROM prices GROUP BY b),
slow AS (
  SELECT l.script, l.a, l.b, l.n, l.pause, l.amount, greatest(coalesce(sum(w.n), 0) / (SELECT sum(n) FROM waits), 0.02) AS pause_share
  FROM line l LEFT JOIN waits w ON w.q BETWEEN CAST(floor(4 * l.pause) AS BIGINT) - 2 AND CAST(floor(4 * l.pause) AS BIGINT) + 2
  GROUP BY ALL
),
-- The group's own payments are not the habit of the place: they are taken out of its prices, one is put back.
chance AS (
  SELECT s.script, s.a, s.b, s.pause, s.amount, s.pause_share,
    least(greatest((greatest(coalesce(sum(p.n), 0) - s.n, 0) + 1.0) / (greatest(max(t.n) - s.n, 0) + 4.0), 0.02), 0.9) AS amount_share
  FROM slow s LEFT JOIN paid t ON t.b = s.b
  LEFT JOIN prices p ON p.b = s.b AND p.q BETWEEN CAST(floor(20 * s.amount) AS BIGINT) - 2 AND CAST(floor(20 * s.amount) AS BIGINT) + 2
  GROUP BY s.script, s.a, s.b, s.n, s.pause, s.amount, s.pause_share
),
compared AS (
  SELECT s.wallet, s.b, s.first_at, c.script, c.pause_share, c.amount_share, abs(s.log_pause - c.pause) <= 0.5 AS timed,
    abs(s.log_amount - c.amount) <= 0.1 AS paid
  FROM own.transfer_script g JOIN own.transfer_step s ON s.wallet = g.wallet
  JOIN chance c ON c.script = g.script AND c.a = s.a AND c.b = s.b
),
placed AS (
  SELECT *, timed AND first_at = min(first_at) FILTER (WHERE timed) OVER (PARTITION BY script, b)
    AND count(*) FILTER (WHERE timed) OVER (PARTITION BY script, b, first_at) = 1 AS ahead
  FROM compared
),
scored AS (
  SELECT script, wallet, min(first_at) AS first_at, max(first_at) AS last_at, count(*) AS steps,
    count(*) FILTER (WHERE timed) AS timed, count(*) FILTER (WHERE paid) AS paid, count(*) FILTER (WHERE ahead) AS ahead,
    fsum(CASE WHEN timed THEN ln(0.8 / pause_share) ELSE ln(0.2 / (1 - pause_share)) END
      + CASE WHEN paid IS NULL THEN 0 WHEN paid THEN greatest(ln(0.8 / amount_share), 0) ELSE ln(0.4 / (1 - amount_share)) END) AS llr
  FROM placed GROUP BY ALL
),
judged AS (
  SELECT *, CASE WHEN ahead * 2 > timed THEN 'first' WHEN llr >= 8 AND timed >= 3 THEN 'script' ELSE 'similar' END AS level
  FROM scored WHERE llr >= 5 AND timed >= 1
),
owned AS (SELECT j.*, o.account_id, count(*) OVER (PARTITION BY j.script) AS n FROM judged j JOIN features.wallet_owner o ON o.wallet = j.wallet),
ids AS (SELECT script, list(account_id ORDER BY account_id)[1:51] AS ids FROM owned GROUP BY script)
SELECT o.account_id AS subject_id, o.level AS level, o.script AS value,
  list_filter(i.ids, lambda id: id <> o.account_id)[1:50] AS related,
  (SELECT count(DISTINCT wallet) FROM own.transfer_step) AS tested,
  CAST(json_object('accounts', o.n, 'steps', o.steps, 'pauses_alike', o.timed, 'amounts_alike', o.paid, 'llr_nats', round(o.llr, 1)) AS VARCHAR) AS facts,
  o.first_at AS first_at, o.last_at AS last_at
FROM owned o JOIN ids i ON i.script = o.script WHERE o.n >= 4
