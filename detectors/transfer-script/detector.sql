-- One script sends from many wallets: the same places in the same order, with the same pauses and amounts.
-- Each member of a group (own.transfer_script) is judged alone against the members' median pause and amount
-- per step.
WITH compared AS (
  SELECT s.wallet, s.b, s.first_at, c.* EXCLUDE (a, b), abs(s.log_pause - c.pause) <= 0.5 AS timed,
    abs(s.log_amount - c.amount) <= $amount_near AS paid
  FROM own.transfer_script g
  JOIN own.transfer_step s ON s.wallet = g.member
  JOIN own.transfer_line c ON c.script = g.label AND c.a = s.a AND c.b = s.b
  WHERE g.best
),
placed AS (SELECT *, came_alone_first(first_at, timed, (script, b)) AS ahead FROM compared),
scored AS (
  SELECT script, wallet, min(first_at) AS first_at, max(first_at) AS last_at, count(*) AS steps,
    count(*) FILTER (WHERE timed) AS timed, count(*) FILTER (WHERE paid) AS paid,
    count(*) FILTER (WHERE ahead) AS ahead,
    fsum(CASE WHEN timed THEN ln($keeps_pause / pause_share)
      ELSE ln((1 - $keeps_pause) / (1 - pause_share)) END
      + CASE WHEN paid THEN greatest(ln($keeps_pause / amount_share), 0)
        WHEN NOT paid THEN ln($varies_amount / (1 - amount_share))
        ELSE 0 END) AS llr
  FROM placed GROUP BY script, wallet
),
owned AS (
  SELECT s.*, o.account_id, count(*) OVER (PARTITION BY s.script) AS n
  FROM scored s JOIN features.wallet_owner o ON o.wallet = s.wallet WHERE llr >= $similar_llr AND timed >= 1
  QUALIFY n >= $least_wallets
),
team AS (SELECT script, some_of(account_id) AS ids FROM owned GROUP BY script)
SELECT o.account_id AS subject_id,
  unnest(CASE WHEN o.ahead * 2 > o.timed THEN ['first']
    WHEN o.llr >= $script_llr AND o.timed >= $least_timed THEN ['similar', 'script']
    ELSE ['similar'] END) AS level,
  o.script AS value, others(t.ids, o.account_id) AS related,
  (SELECT count(DISTINCT wallet) FROM own.transfer_step) AS tested,
  CAST(json_object('accounts', o.n, 'steps', o.steps, 'pauses_alike', o.timed, 'amounts_alike', o.paid,
    'llr_nats', round(o.llr, 1)) AS VARCHAR) AS facts,
  o.first_at, o.last_at
FROM owned o JOIN team t ON t.script = o.script
