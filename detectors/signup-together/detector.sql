-- Accounts that their own conduct joins (one mission script, one cadence of daily actions) were registered within a short
-- window. Wallets join nobody here: they have no time, so somebody with older accounts could take over a newcomer's.
--
-- Null: what joined them is no matter of time, so they registered when everybody did. Time is measured by the registrations
-- of all others (a window is worth the share f of them that fall into it). For k of a group's n registrations within one
-- window the scan bound is n C(n-1, k-1) f^(k-1) (Naus), times the number of groups and of window sizes tried. Windows wider
-- than a tenth of the others' registrations are not tried; a group that mostly came at other times is silent.
--
-- Members of a script or a cadence are those who cannot have been copied (somebody went before them) and were not led through
-- it in a class. Of those in a window the earliest could not know who would follow: `first`. Silent below four accounts.
WITH grouping AS (
  SELECT concat('script ', script) AS team, account_id FROM features.script_member
  WHERE llr >= greatest(4, ln((SELECT greatest(count(DISTINCT script), 1) FROM features.script_member)) + 2) AND matched >= 3 AND followed AND NOT class
  UNION ALL
  SELECT concat('moments ', cadence), account_id FROM features.action_member
  WHERE kept >= 4 AND llr - ln(everybody) >= 2 AND ahead * 2 <= kept
),
cohort AS (
  SELECT g.team, o.*, count(*) OVER (PARTITION BY g.team) AS n,
    row_number() OVER (PARTITION BY g.team ORDER BY o.created_at, o.account_id) AS i
  FROM grouping g JOIN features.account_order o USING (account_id)
),
teams AS (SELECT count(DISTINCT team) AS teams FROM cohort WHERE n >= 4),
tried AS (
  SELECT a.team, a.i, k.k, a.n, (greatest(b.upto - a.upto - (k.k - 1), 0) + 1.0) / (a.everybody - a.n + 1.0) AS f
  FROM cohort a
  JOIN (VALUES (4), (6), (8), (12), (16), (24), (32), (48), (64), (96), (128), (256), (512)) k(k) ON k.k <= a.n
  JOIN cohort b ON b.team = a.team AND b.i = a.i + k.k - 1
),
judged AS (SELECT t.*, scan_nats(t.n, t.k, t.f) - ln(c.teams) - ln(13) AS nats FROM tried t CROSS JOIN teams c),
significant AS (SELECT team, i, i + k - 1 AS j, nats FROM judged WHERE nats >= 7 AND f <= 0.1),
opened AS (
  SELECT *, CASE WHEN i <= max(j) OVER (PARTITION BY team ORDER BY i, j ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    THEN 0 ELSE 1 END AS opens
  FROM significant
),
island AS (SELECT *, sum(opens) OVER (PARTITION BY team ORDER BY i, j ROWS UNBOUNDED PRECEDING) AS burst FROM opened),
span AS (SELECT team, burst, min(i) AS i, max(j) AS j, max(nats) AS nats FROM island GROUP BY team, burst),
burst AS (
  SELECT s.team, s.burst, s.nats, c.n, c.everybody, count(*) AS members, min(c.created_at) AS first_at, max(c.created_at) AS last_at,
    list(c.account_id ORDER BY c.account_id)[1:51] AS ids, s.i, s.j
  FROM span s JOIN cohort c ON c.team = s.team AND c.i BETWEEN s.i AND s.j
  GROUP BY ALL
)
SELECT c.account_id AS subject_id,
  CASE WHEN c.created_at = b.first_at THEN 'first' WHEN b.nats >= 12 THEN 'together' ELSE 'near' END AS level,
  concat(b.team, ' from ', strftime(make_timestamp_ms(b.first_at), '%Y-%m-%dT%H:%M:%SZ')) AS value,
  list_filter(b.ids, lambda id: id <> c.account_id)[1:50] AS related,
  c.everybody AS tested,
  CAST(json_object('accounts', b.members, 'joined_by', split_part(b.team, ' ', 1), 'group_accounts', b.n,
    'hours', round((b.last_at - b.first_at) / 3600000.0, 2), 'nats', round(b.nats, 1)) AS VARCHAR) AS facts,
  b.first_at AS first_at, b.last_at AS last_at
FROM (SELECT *, sum(members) OVER (PARTITION BY team) AS in_bursts FROM burst) b
JOIN cohort c ON c.team = b.team AND c.i BETWEEN b.i AND b.j
WHERE b.in_bursts * 2 >= b.n
