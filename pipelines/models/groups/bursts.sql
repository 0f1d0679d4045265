-- Windows in which the accounts of a group registered closer together than chance allows, overlapping ones
-- being one burst: a row per account in one.
--
-- Null: what joined the group is no matter of time, so its accounts registered when everybody did. Time is
-- measured by the registrations of all others: a window is worth the share f of them that fall into it. For k
-- of a group's n registrations within one window the scan bound is n C(n-1, k-1) f^(k-1) (Naus 1965), times
-- the number of groups and of window sizes tried. Windows wider than a tenth of the others' registrations are
-- not tried, so that those who came one after another stay apart. Groups under four are silent.
WITH given AS (SELECT NULL AS group_id, NULL AS account_id),
cohort AS (
  SELECT g.group_id, o.account_id, o.created_at, o.upto, o.everybody,
    count(*) OVER (PARTITION BY g.group_id) AS n,
    row_number() OVER (PARTITION BY g.group_id ORDER BY o.created_at, o.account_id) AS i
  FROM given g JOIN features.account_order o USING (account_id) QUALIFY n >= 4
),
size AS (SELECT unnest([4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512]) AS k),
tries AS (
  SELECT (SELECT count(DISTINCT group_id) FROM cohort) AS groups, (SELECT count(*) FROM size) AS sizes
),
tried AS (
  SELECT a.group_id, a.i, a.i + s.k - 1 AS j, a.n, s.k,
    others_share(b.upto - a.upto, s.k, a.n, a.everybody) AS f
  FROM cohort a JOIN size s ON s.k <= a.n JOIN cohort b ON b.group_id = a.group_id AND b.i = a.i + s.k - 1
),
dense AS (
  SELECT group_id, i, j, scan_nats(n, k, f) - ln(groups) - ln(sizes) AS nats
  FROM tried CROSS JOIN tries WHERE f <= 0.1 AND scan_nats(n, k, f) - ln(groups) - ln(sizes) >= 7
),
opened AS (
  SELECT *,
    i
      > max(j) OVER (PARTITION BY group_id ORDER BY i, j
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS opens
  FROM dense
),
island AS (
  SELECT *,
    count(*) FILTER (WHERE opens) OVER (PARTITION BY group_id ORDER BY i, j ROWS UNBOUNDED PRECEDING) AS burst
  FROM opened
),
span AS (
  SELECT group_id, burst, min(i) AS i, max(j) AS j, max(nats) AS nats FROM island GROUP BY group_id, burst
),
burst AS (
  SELECT s.*, count(*) AS members, min(c.created_at) AS first_at, max(c.created_at) AS last_at,
    some_of(c.account_id) AS ids
  FROM span s JOIN cohort c ON c.group_id = s.group_id AND c.i BETWEEN s.i AND s.j GROUP BY ALL
)
SELECT b.group_id, c.account_id, b.burst + 1 AS burst, b.nats, b.members, c.n,
  count(*) OVER (PARTITION BY b.group_id) AS in_bursts, b.first_at, b.last_at,
  c.created_at = b.first_at AS leads, c.everybody, b.ids
FROM burst b JOIN cohort c ON c.group_id = b.group_id AND c.i BETWEEN b.i AND b.j
