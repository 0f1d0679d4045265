-- Groups of wallets that send to the same places in the same order with the same pauses, or pauses and amounts.
--
-- Two kinds of window. Three places and the two pauses between them, in bins of one natural-log unit; two places, the pause, and both
-- amounts in bins of a tenth of it. Two phases, so that no edge hides a match. Null: people who go to these places in this
-- order pause like everybody, and pay what is paid at that place: the expected number of a window is the number of wallets with
-- its places times the shares of its pauses and amounts. Followers of a campaign hurry, but each in his own way, so that windows with
-- the same places and pauses one bin away are about as full: twice the fullest of those is expected, too. A window is used when Chernoff's bound of its
-- Poisson tail is below 1 % after Bonferroni. Labels spread three rounds, as in features.activity_script.
WITH phased AS (
  SELECT s.*, phase, CAST(floor(log_pause + phase / 2.0) AS BIGINT) AS pause, CAST(floor(log_before + phase / 2.0) AS BIGINT) AS before,
    CAST(floor(10 * log_amount + phase / 2.0) AS BIGINT) AS paid_b, CAST(floor(10 * log_amount_a + phase / 2.0) AS BIGINT) AS paid_a
  FROM own.transfer_step s, (VALUES (0), (1)) p(phase)
),
habit AS (SELECT phase, before, pause, count(*) / CAST(sum(count(*)) OVER (PARTITION BY phase) AS DOUBLE) AS share FROM phased WHERE z IS NOT NULL GROUP BY phase, before, pause),
wait AS (SELECT phase, pause, count(*) / CAST(sum(count(*)) OVER (PARTITION BY phase) AS DOUBLE) AS share FROM phased WHERE a IS NOT NULL GROUP BY phase, pause),
price AS (
  SELECT phase, b AS place, paid_b AS paid, count(*) / CAST(sum(count(*)) OVER (PARTITION BY phase, b) AS DOUBLE) AS share
  FROM phased WHERE paid_b IS NOT NULL GROUP BY phase, b, paid_b
),
trio_order AS (SELECT phase, z, a, b, count(*) AS n FROM phased WHERE z IS NOT NULL GROUP BY ALL HAVING count(*) >= 4),
duo_order AS (SELECT phase, a, b, count(*) AS n FROM phased WHERE a IS NOT NULL GROUP BY ALL HAVING count(*) >= 4),
trio AS (
  SELECT p.wallet, p.phase, p.z, p.a, p.b, p.before AS i, p.pause AS j, 0 AS k, o.n * h.share AS expected
  FROM phased p JOIN trio_order o USING (phase, z, a, b) JOIN habit h USING (phase, before, pause)
),
duo AS (
  SELECT p.wallet, p.phase, '' AS z, p.a, p.b, p.pause AS i, p.paid_a AS j, p.paid_b AS k, o.n * w.share * x.share * y.share AS expected
  FROM phased p JOIN duo_order o USING (phase, a, b) JOIN wait w USING (phase, pause)
  JOIN price x ON x.phase = p.phase AND x.place = p.a AND x.paid = p.paid_a
  JOIN price y ON y.phase = p.phase AND y.place = p.b AND y.paid = p.paid_b
),
seen AS (SELECT * FROM trio UNION ALL SELECT * FROM duo),
counted AS (SELECT phase, z, a, b, i, j, k, max(expected) AS expected, count(*) AS n FROM seen GROUP BY phase, z, a, b, i, j, k),
beside AS (
  SELECT c.phase, c.z, c.a, c.b, c.i, c.j, c.k, max(o.n) AS n
  FROM counted c CROSS JOIN (VALUES (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1)) d(di, dj)
  JOIN counted o ON o.phase = c.phase AND o.z = c.z AND o.a = c.a AND o.b = c.b AND o.i = c.i + d.di AND o.j = c.j + d.dj AND o.k = c.k
  WHERE c.n >= 4 AND (c.z <> '' OR d.dj = 0)
  GROUP BY ALL
),
windows AS (
  SELECT c.* REPLACE (greatest(c.expected, 2.0 * coalesce(o.n, 0)) AS expected), count(*) OVER () AS tests
  FROM counted c LEFT JOIN beside o USING (phase, z, a, b, i, j, k)
),
used AS (
  SELECT phase, z, a, b, i, j, k, concat_ws('>', z, a, b, phase, i, j, k) AS token, CAST(round(1000 * (n * ln(n / expected) - n + expected)) AS BIGINT) AS strength
  FROM windows WHERE n >= 4 AND n > expected AND n * ln(n / expected) - n + expected > ln(tests) + ln(100)
),
member AS (SELECT DISTINCT s.wallet, u.token, u.strength FROM seen s JOIN used u USING (phase, z, a, b, i, j, k)),
round0 AS (SELECT wallet, max(struct_pack(s := strength, t := token)) AS label FROM member GROUP BY wallet),
votes1 AS (SELECT token, label, count(*) AS n FROM member JOIN round0 USING (wallet) GROUP BY ALL),
token1 AS (SELECT token, max(struct_pack(n := n, l := label)).l AS label FROM votes1 GROUP BY token),
votes2 AS (SELECT wallet, label, count(*) AS n FROM member JOIN token1 USING (token) GROUP BY ALL),
round1 AS (SELECT wallet, max(struct_pack(n := n, l := label)).l AS label FROM votes2 GROUP BY wallet),
votes3 AS (SELECT token, label, count(*) AS n FROM member JOIN round1 USING (wallet) GROUP BY ALL),
token2 AS (SELECT token, max(struct_pack(n := n, l := label)).l AS label FROM votes3 GROUP BY token),
votes4 AS (SELECT wallet, label, count(*) AS n FROM member JOIN token2 USING (token) GROUP BY ALL)
SELECT wallet, max(struct_pack(n := n, l := label)).l.t AS script FROM votes4 GROUP BY wallet
