-- Machines of several accounts are copies of one, and their owners are one as well. Groups (own.host_group) are formed by the
-- machines alone: one machine id, one image, one system with driver and processor. What clouds, shops and tutorials give to
-- everybody forms groups too, so each group of five or more is tested on what the machines do not say.
--
-- Browsers: strangers who run one image registered with everybody's browsers. Null: the group's user agents are draws from those
-- of all accounts outside it; of a user agent's share among all, among those with that system, and among those who
-- registered at that time, the largest counts, so that a new browser version or a fleet of Macs is no surprise. Alternative: few
-- browsers behind many names (Chinese restaurant process, concentration 2). The ratio of the two is an e-value: by Markov its
-- logarithm, less the logarithm of the groups tested, bounds a false alarm. Accused are those whose user agent occurs three times or
-- more in the group and more often than chance allows (Chernoff's bound, Bonferroni over browsers). `room`: three accounts or more per address, as in an internet cafe
-- of equal machines. Silent where fewer than 30 accounts stand outside the group, or fewer than 30 with that system.
--
-- Registrations (machine id and image alone): a group counts when the middle four fifths of its registrations fall into too small a
-- share of everybody else's (scan bound, Bonferroni over values) and into at most a tenth of them.
--
-- The first of those who agree may have been copied: `first`.
WITH agent AS (
  SELECT a.account_id, trim(a.user_agent) AS ua, least(idiv((o.upto - 1) * 64, o.everybody), 63) AS part
  FROM raw.accounts a JOIN features.account_order o ON o.account_id = a.account_id
  WHERE length(trim(a.user_agent)) BETWEEN 1 AND 512
),
crowd AS (SELECT count(*) AS m FROM agent),
common AS (SELECT ua, count(*) AS c FROM agent GROUP BY ua),
member AS (
  SELECT g.*, lower(split_part(g.os, ' ', 1)) AS family, a.ua, a.part FROM own.host_group g JOIN agent a ON a.account_id = g.account_id
),
team AS (
  SELECT kind, team, count(*) AS n, greatest(min(part) - 1, 0) AS from_part, least(max(part) + 1, 63) AS to_part
  FROM member GROUP BY kind, team HAVING count(*) >= 5
),
cell AS (SELECT m.kind, m.team, m.ua, t.n, t.from_part, t.to_part, count(*) AS k, min(m.family) AS family, min(m.created_at) AS first_at
  FROM member m JOIN team t ON t.kind = m.kind AND t.team = m.team GROUP BY ALL),
-- Registrations up to each sixty-fourth of them: of each user agent that occurs in a group, and of all.
wanted AS (SELECT ua, part FROM (SELECT DISTINCT ua FROM cell WHERE k >= 2) CROSS JOIN (SELECT unnest(range(-1, 64)) AS part)),
tide AS (
  SELECT w.ua, w.part, CAST(sum(coalesce(c.n, 0)) OVER (PARTITION BY w.ua ORDER BY w.part) AS BIGINT) AS upto
  FROM wanted w LEFT JOIN (SELECT ua, part, count(*) AS n FROM agent GROUP BY ua, part) c ON c.ua = w.ua AND c.part = w.part
),
sea AS (
  SELECT p.part, CAST(sum(coalesce(c.n, 0)) OVER (ORDER BY p.part) AS BIGINT) AS upto
  FROM (SELECT unnest(range(-1, 64)) AS part) p LEFT JOIN (SELECT part, count(*) AS n FROM agent GROUP BY part) c ON c.part = p.part
),
-- Windows, macOS, Ubuntu: the system decides which browsers there are.
system AS (
  SELECT family, ua, count(*) AS c, CAST(sum(count(*)) OVER (PARTITION BY family) AS BIGINT) AS m
  FROM (SELECT DISTINCT a.account_id, lower(split_part(trim(d.os), ' ', 1)) AS family, a.ua
    FROM agent a JOIN raw.devices d ON d.account_id = a.account_id WHERE trim(d.os) <> '')
  GROUP BY family, ua
),
chance AS (
  SELECT *, greatest(base, (system_c + 20 * base) / (system_m + 20), (tide_c + 20 * base) / (tide_m + 20)) AS share
  FROM (
    SELECT c.kind, c.team, c.ua, c.n, c.k, c.first_at, w.m - c.n AS outside, (o.c - c.k + 1.0) / (w.m - c.n + 20.0) AS base,
      greatest(s.c - c.k, 0) AS system_c, greatest(s.m - c.n, 0) AS system_m,
      greatest(coalesce(y.upto - x.upto, 0) - c.k, 0) AS tide_c, greatest(q.upto - p.upto - c.n, 0) AS tide_m
    FROM cell c CROSS JOIN crowd w
    JOIN common o ON o.ua = c.ua
    LEFT JOIN system s ON s.family = c.family AND s.ua = c.ua
    LEFT JOIN tide x ON x.ua = c.ua AND x.part = c.from_part - 1
    LEFT JOIN tide y ON y.ua = c.ua AND y.part = c.to_part
    JOIN sea p ON p.part = c.from_part - 1
    JOIN sea q ON q.part = c.to_part
  )
),
browsing AS (
  SELECT kind, team, n, lgamma(2) - lgamma(2 + n) + fsum(lgamma(2 * base + k) - lgamma(2 * base) - k * ln(share)) - ln(count(*) OVER ()) AS nats
  FROM chance GROUP BY kind, team, n HAVING min(outside) >= 30 AND min(coalesce(system_m, 30)) >= 30
),
-- Who shares a browser with others of the group: against those that no larger agreement explains, times all browsers in use.
crew AS (
  SELECT c.*, b.nats, c.n - CAST(sum(CASE WHEN c.k >= 4 * c.n * c.share THEN c.k ELSE 0 END) OVER (PARTITION BY c.kind, c.team
    ORDER BY c.k DESC, c.ua ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS BIGINT) AS pool,
    (SELECT count(*) FROM common) AS browsers
  FROM browsing b JOIN chance c ON c.kind = b.kind AND c.team = b.team AND c.k >= 3
  WHERE b.nats >= 3
),
agreeing AS (
  SELECT m.kind, m.team, m.serial, m.account_id, m.ua, m.first_at, m.last_at, m.subscriber, m.everybody, c.nats, c.share, m.created_at = c.first_at AS leads,
    c.k * (ln(c.k / (coalesce(c.pool, c.n) * c.share)) - 1) + coalesce(c.pool, c.n) * c.share - ln(c.browsers) AS own_nats
  FROM crew c JOIN member m ON m.kind = c.kind AND m.team = c.team AND m.ua = c.ua
  WHERE c.k > coalesce(c.pool, c.n) * c.share
),
scanned AS (
  SELECT *, row_number() OVER (PARTITION BY kind, team ORDER BY upto, account_id) AS i FROM own.host_group WHERE kind <> 'setup' AND NOT serial AND n >= 5
),
copied AS (
  SELECT *, scan_nats(n, k, share) - ln(count(*) OVER (PARTITION BY kind)) AS nats FROM (
    SELECT kind, team, n, n - 2 * (n // 10) AS k, min(created_at) AS oldest,
      (greatest(max(upto) FILTER (WHERE i <= n - n // 10) - min(upto) FILTER (WHERE i > n // 10) - (n - 2 * (n // 10)), 0) + 1.0) / (everybody - n + 1.0) AS share
    FROM scanned GROUP BY kind, team, n, everybody)
),
found AS (
  SELECT kind, CASE WHEN serial THEN team ELSE concat(team, ' with ', ua) END AS value, account_id, first_at, last_at, everybody, least(nats, own_nats + 3) AS nats, 'browser' AS test, leads, share,
    count(*) OVER (PARTITION BY kind, team, ua) >= 3 * count(DISTINCT coalesce(subscriber, account_id)) OVER (PARTITION BY kind, team, ua) AS crammed
  FROM agreeing WHERE own_nats >= 1
  UNION ALL
  SELECT s.kind, s.team, s.account_id, s.first_at, s.last_at, s.everybody, c.nats, 'registration', s.created_at = c.oldest, c.share, FALSE
  FROM copied c JOIN scanned s ON s.kind = c.kind AND s.team = c.team WHERE c.nats >= 7 AND c.share <= 0.1
),
named AS (
  SELECT kind, value, test, count(*) AS n, min(first_at) AS first_at, max(last_at) AS last_at, list(account_id ORDER BY account_id)[1:51] AS ids
  FROM found GROUP BY kind, value, test
)
SELECT f.account_id AS subject_id,
  CASE WHEN f.leads THEN 'first' WHEN f.test = 'registration' THEN f.kind WHEN f.crammed THEN 'room' WHEN f.nats >= 7 THEN 'browser' ELSE 'likely' END AS level,
  concat(f.kind, ' ', f.value) AS value,
  list_filter(t.ids, lambda id: id <> f.account_id)[1:50] AS related, f.everybody AS tested,
  CAST(json_object('accounts', t.n, 'tested_on', f.test, 'chance_share', round(f.share, 4), 'nats', round(f.nats, 1)) AS VARCHAR) AS facts,
  t.first_at AS first_at, t.last_at AS last_at
FROM found f JOIN named t ON t.kind = f.kind AND t.value = f.value AND t.test = f.test
