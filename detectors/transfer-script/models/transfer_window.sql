-- Windows of wallets that send to the same places in the same order: three places and the two pauses between
-- them, in bins of one natural-log unit; or two places, the pause, and both amounts in bins of a tenth of it.
-- Two phases, so that no edge hides a match. `expected` is the number of wallets with these places times the
-- shares of the window's pauses and amounts.
WITH phased AS (
  SELECT s.*, phase, CAST(floor(log_pause + phase / 2.0) AS BIGINT) AS pause,
    CAST(floor(log_before + phase / 2.0) AS BIGINT) AS before,
    CAST(floor($amount_bins * log_amount + phase / 2.0) AS BIGINT) AS paid_b,
    CAST(floor($amount_bins * log_amount_a + phase / 2.0) AS BIGINT) AS paid_a
  FROM own.transfer_step s, (VALUES (0), (1)) p(phase)
),
habit AS (
  SELECT phase, before, pause, count(*) / CAST(sum(count(*)) OVER (PARTITION BY phase) AS DOUBLE) AS share
  FROM phased WHERE z IS NOT NULL GROUP BY phase, before, pause
),
wait AS (
  SELECT phase, pause, count(*) / CAST(sum(count(*)) OVER (PARTITION BY phase) AS DOUBLE) AS share
  FROM phased WHERE a IS NOT NULL GROUP BY phase, pause
),
price AS (
  SELECT phase, b AS place, paid_b AS paid,
    count(*) / CAST(sum(count(*)) OVER (PARTITION BY phase, b) AS DOUBLE) AS share
  FROM phased WHERE paid_b IS NOT NULL GROUP BY phase, b, paid_b
),
trio AS (
  SELECT wallet, phase, z, a, b, before, pause, count(*) OVER (PARTITION BY phase, z, a, b) AS n
  FROM phased WHERE z IS NOT NULL
),
duo AS (
  SELECT wallet, phase, a, b, pause, paid_a, paid_b, count(*) OVER (PARTITION BY phase, a, b) AS n
  FROM phased WHERE a IS NOT NULL
)
SELECT wallet, phase, z, a, b, before AS i, pause AS j, 0 AS k, n * share AS expected
FROM trio JOIN habit USING (phase, before, pause) WHERE n >= $least_wallets
UNION ALL
SELECT d.wallet, d.phase, '', d.a, d.b, d.pause, d.paid_a, d.paid_b, d.n * w.share * x.share * y.share
FROM duo d
JOIN wait w USING (phase, pause)
JOIN price x ON x.phase = d.phase AND x.place = d.a AND x.paid = d.paid_a
JOIN price y ON y.phase = d.phase AND y.place = d.b AND y.paid = d.paid_b
WHERE d.n >= $least_wallets
