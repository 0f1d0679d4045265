-- One generator wrote the e-mail addresses of a set of accounts.
--
-- `mailbox`: three or more spellings of one mailbox (two can be two people of one name on an unverified list).
-- `sequence`: one stem with numbers of equal width (three digits or more, years left out) that fill a range R of the 10^w possible: scan bound for k of the stem's n numbers.
-- `stem`: many addresses with the same letters, registered within one window: scan bound with time measured by
-- the registrations of everybody else. `uniform`: the addresses of a group that other evidence formed (one script, one
-- address pool, one network ...: features.account_group) are of one form, say letters and exactly four digits, at providers
-- that many use: binomial tail against the form's share outside the group. A common name or form alone is never reported.
-- Everything here can be written by anyone who wants to look like somebody.
WITH mail AS (
  SELECT m.*, o.created_at, o.upto, o.everybody FROM features.mail_shape m JOIN features.account_order o USING (account_id)
),
mailbox AS (
  SELECT 'mailbox' AS level, mailbox AS value, account_id, created_at, everybody,
    ln(everybody) AS nats, count(DISTINCT spelling) OVER (PARTITION BY mailbox) AS n
  FROM mail WHERE mailbox IS NOT NULL
),
numbered AS (
  SELECT *, TRY_CAST(digits AS BIGINT) AS number, length(digits) AS width,
    row_number() OVER run AS i, count(*) OVER (PARTITION BY stem, domain, length(digits)) AS n
  FROM mail
  WHERE length(digits) BETWEEN 3 AND 12 AND stem <> '' AND NOT (length(digits) = 4 AND TRY_CAST(digits AS BIGINT) BETWEEN 1930 AND 2039)
  WINDOW run AS (PARTITION BY stem, domain, length(digits) ORDER BY TRY_CAST(digits AS BIGINT), account_id)
),
stretch AS (
  SELECT a.stem, a.domain, a.width, a.i, a.i + k.k - 1 AS j, k.k,
scan_nats(a.n, k.k, greatest(b.number - a.number + 1, 1) / pow(10, a.width)) - ln(a.everybody) AS nats
  FROM numbered a JOIN (VALUES (3), (4), (6), (8), (12), (16), (32), (64), (128), (256)) k(k) ON k.k <= a.n
  JOIN numbered b ON b.stem = a.stem AND b.domain = a.domain AND b.width = a.width AND b.i = a.i + k.k - 1
  WHERE b.number - a.number + 1 <= 2 * k.k
),
sequence AS (
  SELECT 'sequence' AS level, concat(s.stem, repeat('9', s.width), '@', s.domain) AS value, x.account_id, x.created_at,
    x.everybody, max(s.nats) AS nats, count(*) AS windows
  FROM stretch s JOIN numbered x ON x.stem = s.stem AND x.domain = s.domain AND x.width = s.width AND x.i BETWEEN s.i AND s.j
  WHERE s.nats >= 3 GROUP BY ALL
),
form AS (
  SELECT 'stem' AS level, concat(stem, repeat('9', least(length(digits), 1))) AS form, account_id, created_at, upto, everybody
  FROM mail WHERE length(stem) >= 3
),
placed AS (
  SELECT *, row_number() OVER (PARTITION BY level, form ORDER BY created_at, account_id) AS i,
    count(*) OVER (PARTITION BY level, form) AS n
  FROM form
),
forms AS (SELECT level, count(DISTINCT form) AS forms FROM placed WHERE n >= 4 GROUP BY level),
tried AS (
  SELECT a.level, a.form, a.i, a.i + k.k - 1 AS j, a.n, k.k,
    (greatest(b.upto - a.upto - (k.k - 1), 0) + 1.0) / (a.everybody - a.n + 1.0) AS f
  FROM placed a JOIN (VALUES (4), (6), (8), (12), (16), (24), (32), (64), (128)) k(k) ON k.k <= a.n
  JOIN placed b ON b.level = a.level AND b.form = a.form AND b.i = a.i + k.k - 1
),
dense AS (
  SELECT t.level, t.form, t.i, t.j, scan_nats(t.n, t.k, t.f) - ln(s.forms) - ln(9) AS nats
  FROM tried t JOIN forms s ON s.level = t.level WHERE t.f <= 0.1
),
opened AS (
  SELECT *, CASE WHEN i <= max(j) OVER (PARTITION BY level, form ORDER BY i, j ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    THEN 0 ELSE 1 END AS opens
  FROM dense WHERE nats >= 7
),
island AS (SELECT *, sum(opens) OVER (PARTITION BY level, form ORDER BY i, j ROWS UNBOUNDED PRECEDING) AS burst FROM opened),
burst AS (SELECT level, form, burst, min(i) AS i, max(j) AS j, max(nats) AS nats FROM island GROUP BY ALL),
patterned AS (
  SELECT b.level, concat(p.form, ' burst ', b.i) AS value, p.account_id, p.created_at, p.everybody, b.nats
  FROM burst b JOIN placed p ON p.level = b.level AND p.form = b.form AND p.i BETWEEN b.i AND b.j
),
-- Forms are compared among the providers that many use; a company's or a school's own form says nothing.
public AS (SELECT domain FROM mail GROUP BY domain HAVING count(*) >= 10 AND count(*) * 50 >= max(everybody)),
formed AS (
  SELECT m.account_id, m.mask, m.created_at, m.everybody, count(*) OVER (PARTITION BY m.mask) AS spread
  FROM mail m JOIN public p ON p.domain = m.domain WHERE m.mask LIKE '%9%'
),
team AS (
  SELECT g.source, g.team, f.mask, g.n, count(*) AS k,
    greatest((max(f.spread) - count(*) + 1.0) / (max(f.everybody) - g.n + 1.0), 0.001) AS p
  FROM features.account_group g JOIN formed f ON f.account_id = g.account_id
  GROUP BY g.source, g.team, f.mask, g.n
),
-- Chernoff's bound of the binomial tail: k of n by chance p.
tested AS (
  SELECT *, k * ln(k / (n * p)) + CASE WHEN k < n THEN (n - k) * ln(greatest(n - k, 1) / (n * greatest(1 - p, 1e-9))) ELSE 0 END
    - ln(count(*) OVER ()) AS nats
  FROM team
),
uniform AS (
  SELECT 'uniform' AS level, concat(t.mask, ' in ', t.source, ' ', t.team) AS value, f.account_id, f.created_at, f.everybody, t.nats
  FROM tested t
  JOIN features.account_group g ON g.source = t.source AND g.team = t.team
  JOIN formed f ON f.account_id = g.account_id AND f.mask = t.mask
  WHERE t.k >= 5 AND t.k * 10 >= t.n * 6 AND t.k > t.n * t.p AND t.nats >= 5
),
finding AS (
  SELECT level, value, account_id, created_at, everybody, nats FROM mailbox WHERE n >= 3
  UNION ALL SELECT level, value, account_id, created_at, everybody, nats FROM sequence
  UNION ALL SELECT level, value, account_id, created_at, everybody, nats FROM patterned
  UNION ALL SELECT level, value, account_id, created_at, everybody, nats FROM uniform
),
size AS (
  SELECT level, value, count(*) AS n, min(created_at) AS first_at, max(created_at) AS last_at,
    list(account_id ORDER BY account_id)[1:51] AS ids
  FROM finding GROUP BY level, value
)
SELECT f.account_id AS subject_id, f.level AS level, concat(f.level, ' ', f.value) AS value,
  list_filter(s.ids, lambda id: id <> f.account_id)[1:50] AS related, f.everybody AS tested,
  CAST(json_object('accounts', s.n, 'form', f.value, 'hours', round((s.last_at - s.first_at) / 3600000.0, 2), 'nats', round(f.nats, 1)) AS VARCHAR) AS facts,
  s.first_at AS first_at, s.last_at AS last_at
FROM finding f JOIN size s ON s.level = f.level AND s.value = f.value
