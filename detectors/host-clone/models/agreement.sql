-- Members of a group of equal machines who agree in what the machines do not say: one row per account and
-- test, with its nats.
WITH browsing AS (
  SELECT kind, team,
    lgamma(2) - lgamma(2 + n) + fsum(lgamma(2 * base + k) - lgamma(2 * base) - k * ln(share))
      - ln(count(*) OVER ()) AS nats
  FROM own.browser_cell
  GROUP BY kind, team, n
  HAVING min(outside) >= $least_outside AND min(coalesce(system_m, $least_outside)) >= $least_outside
),
-- Who shares a browser with others of the group: against those that no larger agreement explains, times all
-- browsers in use.
crew AS (
  SELECT c.*, b.nats,
    c.n
      - coalesce(CAST(sum(CASE WHEN c.k >= $larger * c.n * c.share THEN c.k
          ELSE 0 END) OVER (PARTITION BY c.kind, c.team ORDER BY c.k DESC, c.ua
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS BIGINT),
        0) AS pool
  FROM browsing b JOIN own.browser_cell c ON c.kind = b.kind AND c.team = b.team AND c.k >= $least_alike
  WHERE b.nats >= $least_team_nats
),
agreeing AS (
  SELECT m.*, a.ua, c.nats, c.share, m.created_at = c.first_at AS leads,
    poisson_nats(c.k, c.pool * c.share) - ln((SELECT count(DISTINCT ua) FROM own.agent)) AS own_nats
  FROM crew c
  JOIN own.host_group m ON m.kind = c.kind AND m.team = c.team
  JOIN own.agent a ON a.account_id = m.account_id AND a.ua = c.ua
),
placed AS (
  SELECT *, row_number() OVER (PARTITION BY kind, team ORDER BY upto, account_id) AS i,
    came_first(created_at, (kind, team)) AS leads
  FROM own.host_group WHERE kind <> 'setup' AND NOT serial AND n >= $least_tested
),
copied AS (
  SELECT kind, team, share,
    scan_nats(n, middle_count(n, $ends), share) - ln(count(*) OVER (PARTITION BY kind)) AS nats
  FROM (
    SELECT kind, team, n, middle_share(upto, i, n, $ends, everybody) AS share
    FROM placed GROUP BY kind, team, n, everybody
  )
)
SELECT kind, CASE WHEN serial THEN team ELSE concat(team, ' with ', ua) END AS value, account_id, first_at,
  last_at, everybody, least(nats, own_nats + $crew_margin) AS nats, 'browser' AS test, leads, share,
  count(*) OVER (PARTITION BY kind, team, ua)
    >= $per_address
      * count(DISTINCT coalesce(subscriber, account_id)) OVER (PARTITION BY kind, team, ua) AS crammed
FROM agreeing WHERE own_nats >= 1
UNION ALL
SELECT s.kind, s.team, s.account_id, s.first_at, s.last_at, s.everybody, c.nats, 'registration', s.leads,
  c.share, FALSE
FROM copied c JOIN placed s ON s.kind = c.kind AND s.team = c.team
WHERE c.nats >= $sure_nats AND c.share <= $most_share
