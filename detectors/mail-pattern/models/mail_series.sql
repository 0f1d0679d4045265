-- One row per account whose address counts: one name with numbers that fill a stretch, or that go on by equal steps. `series` names
-- the letters (and provider) around the number #, the way, and where the stretch begins.
-- Numbers are the only run of digits in a name, of equal width, three or more; or a hexadecimal end of four or more that
-- starts after a separator or with a digit and whose letters change within the series. Years (1930 to 2039) make no stretch.
-- stretch: k of the name's n numbers lie within R of the 10^w (16^w) possible: scan bound, where R is at most 2k.
-- steps: in the order of registration k of the n - 1 differences are one and the same number up to 100, upwards or
-- downwards; two strangers' numbers differ by it with chance 1/20 (widths 1 and 2, birth years) or 1/50 at most: Chernoff's bound. Both
-- times what was tried: accounts, and steps and names.
WITH numbered AS (
  SELECT account_id, domain, length(digits) AS width, TRY_CAST(digits AS BIGINT) AS number, 10 AS base,
    regexp_replace(regexp_replace(name, '[._-]', '', 'g'), '[0-9]+', '#') AS pattern,
    length(digits) <= 2 OR length(digits) = 4 AND TRY_CAST(digits AS BIGINT) BETWEEN 1930 AND 2039 AS dated
  FROM (SELECT *, regexp_extract(name, '[0-9]+') AS digits FROM own.mail_shape WHERE regexp_full_match(name, '[^0-9]*[0-9]{1,12}[^0-9]*')) only_run
  WHERE length(stem) >= 1
  UNION ALL
  SELECT account_id, domain, length(code), TRY_CAST('0x' || code AS BIGINT), 16, start || '#x', FALSE
  FROM (
    SELECT account_id, domain, substr(found, 2) AS code, left(name, length(name) - length(found) + 1) AS start
    FROM (SELECT *, regexp_extract(name, '([._-][0-9a-f]|[^0-9a-f][0-9])[0-9a-f]{3,11}$') AS found FROM own.mail_shape) ending
    WHERE found <> ''
  ) hexadecimal
  WHERE regexp_matches(code, '[0-9]') AND length(start) >= 2
  QUALIFY count(DISTINCT regexp_replace(code, '[0-9]', '', 'g')) OVER (PARTITION BY start, domain) >= 2
),
telling AS (
  SELECT *, concat(pattern, '@', domain) AS name FROM numbered
  WHERE number IS NOT NULL
  QUALIFY count(*) OVER (PARTITION BY pattern, domain, base) >= 3
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY name, base, width ORDER BY number, account_id) AS i, count(*) OVER (PARTITION BY name, base, width) AS n
  FROM telling WHERE NOT dated
),
everybody AS (SELECT count(*) AS n FROM raw.accounts),
stretch AS (
  SELECT a.name, a.base, a.width, a.i, a.i + k.k - 1 AS j, a.number AS start,
    scan_nats(a.n, k.k, greatest(b.number - a.number + 1, 1) / pow(a.base, a.width)) - ln(e.n) AS nats
  FROM ranked a JOIN (VALUES (3), (4), (6), (8), (12), (16), (32), (64), (128), (256)) k(k) ON k.k <= a.n
  JOIN ranked b ON b.name = a.name AND b.base = a.base AND b.width = a.width AND b.i = a.i + k.k - 1
  CROSS JOIN everybody e
  WHERE b.number - a.number + 1 <= 2 * k.k
),
stretched AS (
  SELECT r.account_id, concat(r.name, ' stretch') AS series, max(s.nats) AS nats, count(*) AS windows
  FROM stretch s JOIN ranked r ON r.name = s.name AND r.base = s.base AND r.width = s.width AND r.i BETWEEN s.i AND s.j
  WHERE s.nats >= 3 GROUP BY ALL
),
ordered AS (
  SELECT t.account_id, t.name, t.base, CASE WHEN min(t.width) OVER named <= 2 THEN 0.05 ELSE 0.02 END AS p,
    row_number() OVER turn AS i, count(*) OVER named AS n,
    t.number - lag(t.number) OVER turn AS step, lead(t.number) OVER turn - t.number AS next_step
  FROM telling t JOIN features.account_order o ON o.account_id = t.account_id
  WINDOW turn AS (PARTITION BY t.name, t.base ORDER BY o.created_at, t.account_id), named AS (PARTITION BY t.name, t.base)
),
names AS (SELECT count(DISTINCT (name, base)) AS n FROM ordered),
stepping AS (
  SELECT o.name, o.base, o.step, chernoff_nats(o.n - 1, count(*), o.p) - ln(200) - ln(c.n) AS nats
  FROM ordered o CROSS JOIN names c
  WHERE o.step BETWEEN -100 AND 100 AND o.step <> 0
  GROUP BY o.name, o.base, o.step, o.n, o.p, c.n HAVING count(*) >= 4 AND count(*) > (o.n - 1) * o.p
),
stepped AS (
  SELECT o.account_id, concat(o.name, ' steps of ', s.step) AS series, s.nats, 1 AS windows
  FROM stepping s JOIN ordered o ON o.name = s.name AND o.base = s.base AND (o.step = s.step OR o.next_step = s.step)
  WHERE s.nats >= 3
)
SELECT account_id, series, nats
FROM (SELECT account_id, series, nats FROM stretched UNION ALL SELECT account_id, series, nats FROM stepped)
QUALIFY row_number() OVER (PARTITION BY account_id ORDER BY nats DESC, series) = 1
