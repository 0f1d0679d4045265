-- Numbers of one name and width that fill a stretch: k of the name's n lie within R of the 10^w (16^w)
-- possible, where R is at most 2k. Scan bound, times the accounts. Years make no stretch.
WITH ranked AS (
  SELECT *, row_number() OVER (PARTITION BY name, base, width ORDER BY number, account_id) AS i,
    count(*) OVER (PARTITION BY name, base, width) AS n
  FROM own.mail_number WHERE NOT dated
),
stretch AS (
  SELECT a.name, a.base, a.width, a.i, a.i + k - 1 AS j,
    scan_nats(a.n, k, greatest(b.number - a.number + 1, 1) / pow(a.base, a.width))
      - ln((SELECT count(*) FROM raw.accounts)) AS nats
  FROM ranked a
  JOIN (SELECT unnest(window_sizes($least_spellings)) AS k) ON k <= a.n
  JOIN ranked b ON b.name = a.name AND b.base = a.base AND b.width = a.width AND b.i = a.i + k - 1
  WHERE b.number - a.number + 1 <= 2 * k
)
SELECT r.account_id, concat(r.name, ' stretch') AS series, max(s.nats) AS nats
FROM stretch s
JOIN ranked r ON r.name = s.name AND r.base = s.base AND r.width = s.width AND r.i BETWEEN s.i AND s.j
GROUP BY r.account_id, r.name
