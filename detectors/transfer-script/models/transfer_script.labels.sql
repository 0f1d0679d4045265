-- Groups of wallets that share windows (own.transfer_window) beyond chance: Chernoff's bound of the Poisson
-- tail, Bonferroni over windows. Followers of a campaign hurry, but each in his own way, so that windows with
-- the same places and pauses one bin away are about as full: twice the fullest of those is expected, too.
WITH counted AS (
  SELECT phase, z, a, b, i, j, k, max(expected) AS expected, count(*) AS n
  FROM own.transfer_window GROUP BY phase, z, a, b, i, j, k
),
step AS (SELECT unnest([-1, 0, 1]) AS by),
beside AS (
  SELECT c.phase, c.z, c.a, c.b, c.i, c.j, c.k, max(o.n) AS n
  FROM counted c
  CROSS JOIN step di
  CROSS JOIN step dj
  JOIN counted o
    ON o.phase = c.phase AND o.z = c.z AND o.a = c.a AND o.b = c.b AND o.i = c.i + di.by AND o.j = c.j + dj.by
      AND o.k = c.k
  WHERE c.n >= $least_wallets AND (c.z <> '' OR dj.by = 0) AND (di.by <> 0 OR dj.by <> 0)
  GROUP BY ALL
),
tried AS (
  SELECT c.* REPLACE (greatest(c.expected, 2.0 * coalesce(o.n, 0)) AS expected), count(*) OVER () AS tests
  FROM counted c LEFT JOIN beside o USING (phase, z, a, b, i, j, k)
)
SELECT DISTINCT s.wallet AS member, concat_ws('>', z, a, b, phase, i, j, k) AS token,
  poisson_strength(n, t.expected) AS strength
FROM tried t JOIN own.transfer_window s USING (phase, z, a, b, i, j, k)
WHERE n >= $least_wallets AND poisson_nats(n, t.expected) > ln(tests) + ln($alarms_under)
