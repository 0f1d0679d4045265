-- One generator wrote the e-mail addresses of a set of accounts.
--
-- `mailbox`: three or more spellings of one mailbox (two can be two people of one name on an unverified list).
-- `sequence`: one name with numbers that fill a stretch or go on by equal steps (own.mail_series).
-- `stem`: many addresses with the same letters, registered within one window: scan bound with time measured by the
-- registrations of everybody else. `uniform`: the addresses of a group that other evidence formed (one script, one address
-- pool, one network ...) share a form, an ending or a likeness to no name that others have too seldom
-- (own.mail_team); `similar`: the same, where some of them may be strangers. `drawn`: the four digits at the ends of
-- such a group's names are spread evenly, as people's are not (own.mail_draw). `look-alike`: three or more
-- spellings that look like one name, half of them with digits or foreign letters in it.
-- A common name or form alone is never reported. Everything here can be written by anyone who wants to look like somebody.
WITH mail AS (
  SELECT m.*, o.created_at, o.upto, o.everybody FROM own.mail_shape m JOIN features.account_order o ON o.account_id = m.account_id
),
mailbox AS (
  SELECT account_id, mailbox, count(DISTINCT spelling) OVER (PARTITION BY mailbox) AS n
  FROM own.mail_address WHERE mailbox IS NOT NULL
),
look_alike AS (
  SELECT account_id, skeleton, count(DISTINCT written) OVER skeletons AS n,
    2 * count(*) FILTER (regexp_matches(written, '[^a-z]')) OVER skeletons >= count(*) OVER skeletons AS disguised
  FROM mail WHERE length(skeleton) >= 6 AND regexp_matches(skeleton, '[a-z]{3}')
  WINDOW skeletons AS (PARTITION BY skeleton)
),
placed AS (
  SELECT account_id, created_at, upto, everybody, concat(stem, repeat('9', least(length(digits), 1))) AS namesake,
    row_number() OVER (PARTITION BY namesake ORDER BY created_at, account_id) AS i, count(*) OVER (PARTITION BY namesake) AS n
  FROM mail WHERE length(stem) >= 3
),
forms AS (SELECT count(DISTINCT namesake) AS forms FROM placed WHERE n >= 4),
tried AS (
  SELECT a.namesake, a.i, a.i + k.k - 1 AS j, a.n, k.k,
    (greatest(b.upto - a.upto - (k.k - 1), 0) + 1.0) / (a.everybody - a.n + 1.0) AS f
  FROM placed a JOIN (VALUES (4), (6), (8), (12), (16), (24), (32), (64), (128)) k(k) ON k.k <= a.n
  JOIN placed b ON b.namesake = a.namesake AND b.i = a.i + k.k - 1
),
dense AS (
  SELECT namesake, i, j, scan_nats(n, k, f) - ln(s.forms) - ln(9) AS nats FROM tried CROSS JOIN forms s WHERE f <= 0.1
),
opened AS (
  SELECT *, CASE WHEN i <= max(j) OVER (PARTITION BY namesake ORDER BY i, j ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    THEN 0 ELSE 1 END AS opens
  FROM dense WHERE nats >= 7
),
island AS (SELECT *, sum(opens) OVER (PARTITION BY namesake ORDER BY i, j ROWS UNBOUNDED PRECEDING) AS burst FROM opened),
burst AS (SELECT namesake, burst, min(i) AS i, max(j) AS j, max(nats) AS nats FROM island GROUP BY namesake, burst),
-- Of a group of n of which k have a trait that p of all have, (n - k + 1) / (1 - p) may be strangers who only stand in it, and
-- p of those have the trait by habit. Where they are more than a twentieth of the k it says less about each: `similar`. A
-- group may share several traits: the surest that a member has stands for it.
sure AS (SELECT *, (n - k + 1) * p / (greatest(1 - p, 1e-6) * k) AS strangers FROM own.mail_team WHERE nats >= 5),
uniform AS (
  SELECT m.account_id, concat(t.facet, ' ', t.value, ' in ', t.source, ' ', t.team) AS value, t.nats, t.n, t.k, t.p,
    CASE WHEN t.strangers <= 0.05 THEN 'uniform' ELSE 'similar' END AS level
  FROM sure t JOIN own.mail_member m ON m.source = t.source AND m.team = t.team
    AND CASE t.facet WHEN 'form' THEN m.form WHEN 'tail' THEN m.tail WHEN 'letters' THEN m.letters
      ELSE CASE WHEN m.letters <> 'name' THEN 'a name' END END = t.value
  QUALIFY row_number() OVER (PARTITION BY m.account_id, t.source, t.team ORDER BY t.strangers, t.facet, t.value) = 1
),
drawn AS (
  SELECT m.account_id, concat('digits in ', d.source, ' ', d.team) AS value, d.nats, d.n, d.k
  FROM own.mail_draw d JOIN own.mail_member m ON m.source = d.source AND m.team = d.team AND m.cell IS NOT NULL
  WHERE d.nats >= 5
),
finding AS (
  SELECT 'mailbox' AS level, mailbox AS value, account_id, NULL AS nats, NULL AS share, NULL AS usual FROM mailbox WHERE n >= 3
  UNION ALL SELECT 'look-alike', skeleton, account_id, NULL, NULL, NULL FROM look_alike WHERE n >= 3 AND disguised
  UNION ALL SELECT 'sequence', series, account_id, nats, NULL, NULL FROM own.mail_series
  UNION ALL
  SELECT 'stem', concat(p.namesake, ' burst ', b.i), p.account_id, b.nats, NULL, NULL
  FROM burst b JOIN placed p ON p.namesake = b.namesake AND p.i BETWEEN b.i AND b.j
  UNION ALL SELECT level, value, account_id, nats, k / n, p FROM uniform
  UNION ALL SELECT 'drawn', value, account_id, nats, k / n, NULL FROM drawn
),
known AS (
  SELECT f.level, f.value, f.account_id, f.nats, f.share, f.usual, o.created_at, o.everybody
  FROM finding f JOIN features.account_order o ON o.account_id = f.account_id
),
size AS (
  SELECT level, value, count(*) AS n, min(created_at) AS first_at, max(created_at) AS last_at,
    list(account_id ORDER BY account_id)[1:51] AS ids
  FROM known GROUP BY level, value
)
SELECT k.account_id AS subject_id, k.level AS level, concat(k.level, ' ', k.value) AS value,
  list_filter(s.ids, lambda id: id <> k.account_id)[1:50] AS related, k.everybody AS tested,
  CAST(json_object('accounts', s.n, 'form', k.value, 'hours', round((s.last_at - s.first_at) / 3600000.0, 2), 'nats', round(k.nats, 1),
    'share', round(k.share, 2), 'usual_share', round(k.usual, 4), 'bits', CASE WHEN k.usual > 0 THEN round(-log2(k.usual), 1) END) AS VARCHAR) AS facts,
  s.first_at AS first_at, s.last_at AS last_at
FROM known k JOIN size s ON s.level = k.level AND s.value = k.value
