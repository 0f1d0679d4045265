-- What the members of a group do from one place to the next: their median pause and amount, and how usual
-- these are. The group's own payments are not the habit of the place: they are taken out of its prices, one
-- is put back.
WITH line AS (
  SELECT g.label AS script, s.a, s.b, count(*) AS n, quantile_cont(s.log_pause, 0.5) AS pause,
    quantile_cont(s.log_amount, 0.5) AS amount
  FROM own.transfer_script g JOIN own.transfer_step s ON s.wallet = g.member WHERE g.best AND s.a IS NOT NULL
  GROUP BY ALL HAVING count(*) >= $least_wallets
),
waits AS (
  SELECT CAST(floor($pause_grain * log_pause) AS BIGINT) AS q, count(*) AS n
  FROM own.transfer_step WHERE a IS NOT NULL GROUP BY q
),
prices AS (
  SELECT b, CAST(floor($amount_grain * log_amount) AS BIGINT) AS q, count(*) AS n
  FROM own.transfer_step WHERE log_amount IS NOT NULL GROUP BY ALL
),
paid AS (SELECT b, sum(n) AS n FROM prices GROUP BY b),
slow AS (
  SELECT l.*, greatest(coalesce(sum(w.n), 0) / (SELECT sum(n) FROM waits), $least_share) AS pause_share
  FROM line l LEFT JOIN waits w ON w.q - CAST(floor($pause_grain * l.pause) AS BIGINT) BETWEEN -2 AND 2
  GROUP BY ALL
)
SELECT s.script, s.a, s.b, s.pause, s.amount, s.pause_share,
  least(greatest((greatest(coalesce(sum(p.n), 0) - s.n, 0) + 1.0)
        / (greatest(max(t.n) - s.n, 0) + $pseudo_prices),
      $least_share),
    $most_share) AS amount_share
FROM slow s
LEFT JOIN paid t ON t.b = s.b
LEFT JOIN prices p ON p.b = s.b AND p.q - CAST(floor($amount_grain * s.amount) AS BIGINT) BETWEEN -2 AND 2
GROUP BY s.script, s.a, s.b, s.n, s.pause, s.amount, s.pause_share
