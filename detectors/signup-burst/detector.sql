-- Registrations from one network (IPv4 /24, IPv6 /48) come closer together than chance allows.
--
-- Null: the network's accounts registered when everybody did. Time is measured by the registrations of all other accounts
-- (a window is worth the share f of them that fall into it), so an influencer's wave, a tenfold week or a quiet night
-- change nothing. For k of the network's n registrations within one window the scan bound is n C(n-1, k-1) f^(k-1)
-- (Naus), times the number of networks and of window sizes tried. Windows of 4, 6, 8, 12, ... registrations are tried.
--
-- Windows that overlap are one burst; windows wider than a tenth of the others' registrations are not tried, so that
-- tenants who rent one hoster's network one after another stay apart. Where less than half of the network's accounts
-- came in bursts it is a campus or a carrier with a busy day: silent. Where more than two accounts came at other times,
-- strangers live there, and whoever fills their network cannot make its next honest tenant suspect: `crowded`. The first
-- account of a burst could not know who would follow: `first`. Silent below four accounts per network.
WITH cohort AS (
  SELECT *, count(*) OVER (PARTITION BY block) AS n,
    row_number() OVER (PARTITION BY block ORDER BY created_at, account_id) AS i
  FROM features.account_order
  WHERE block IS NOT NULL
),
cohorts AS (SELECT count(DISTINCT block) AS cohorts FROM cohort WHERE n >= 4),
tried AS (
  SELECT a.block, a.i, k.k, a.n, a.created_at AS from_at, b.created_at AS to_at, a.everybody,
    -- Others between the first and the last of the window; at least one's worth, since none is not zero probability.
    (greatest(b.upto - a.upto - (k.k - 1), 0) + 1.0) / (a.everybody - a.n + 1.0) AS f
  FROM cohort a
  JOIN (VALUES (4), (6), (8), (12), (16), (24), (32), (48), (64), (96), (128), (256), (512)) k(k) ON k.k <= a.n
  JOIN cohort b ON b.block = a.block AND b.i = a.i + k.k - 1
),
judged AS (SELECT t.*, scan_nats(t.n, t.k, t.f) - ln(c.cohorts) - ln(13) AS nats FROM tried t CROSS JOIN cohorts c),
significant AS (SELECT block, i, i + k - 1 AS j, nats FROM judged WHERE nats >= 7 AND f <= 0.1),
opened AS (
  SELECT *, CASE WHEN i <= max(j) OVER (PARTITION BY block ORDER BY i, j ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    THEN 0 ELSE 1 END AS opens
  FROM significant
),
island AS (SELECT *, sum(opens) OVER (PARTITION BY block ORDER BY i, j ROWS UNBOUNDED PRECEDING) AS burst FROM opened),
span AS (SELECT block, burst, min(i) AS i, max(j) AS j, max(nats) AS nats FROM island GROUP BY block, burst),
burst AS (
  SELECT s.block, s.burst, s.nats, c.n, c.everybody, count(*) AS members, min(c.created_at) AS first_at, max(c.created_at) AS last_at,
    list(c.account_id ORDER BY c.account_id)[1:51] AS ids, s.i, s.j
  FROM span s JOIN cohort c ON c.block = s.block AND c.i BETWEEN s.i AND s.j
  GROUP BY ALL
)
SELECT c.account_id AS subject_id,
  CASE WHEN c.created_at = b.first_at THEN 'first' WHEN b.n - b.in_bursts > 2 THEN 'crowded' WHEN b.nats >= 12 THEN 'packed' ELSE 'close' END AS level,
  concat(b.block, ' from ', strftime(make_timestamp_ms(b.first_at), '%Y-%m-%dT%H:%M:%SZ')) AS value,
  list_filter(b.ids, lambda id: id <> c.account_id)[1:50] AS related,
  c.everybody AS tested,
  CAST(json_object('accounts', b.members, 'network', b.block, 'network_accounts', b.n, 'at_other_times', b.n - b.in_bursts,
    'hours', round((b.last_at - b.first_at) / 3600000.0, 2), 'nats', round(b.nats, 1)) AS VARCHAR) AS facts,
  b.first_at AS first_at, b.last_at AS last_at
FROM (SELECT *, sum(members) OVER (PARTITION BY block) AS in_bursts FROM burst) b
JOIN cohort c ON c.block = b.block AND c.i BETWEEN b.i AND b.j
WHERE b.in_bursts * 2 >= b.n
