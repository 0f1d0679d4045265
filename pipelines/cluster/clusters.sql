-- One row per cluster: its size, its machines, how well it holds together, and when it was first and last
-- seen.
CREATE OR REPLACE TABLE operator.cluster AS
WITH machines AS (
  SELECT m.cluster_id, count(*) AS devices
  FROM operator.member m JOIN raw.devices d USING (account_id) GROUP BY m.cluster_id
),
linked AS (
  SELECT m.cluster_id, max(i.last_at) AS last_at
  FROM operator.member m JOIN operator.incidence i USING (account_id) WHERE i.solid GROUP BY m.cluster_id
),
people AS (
  SELECT m.cluster_id, count(*) AS accounts, fsum(m.density) / count(*) AS density,
    min(a.created_at) AS first_seen, max(a.created_at) AS newest
  FROM operator.member m JOIN raw.accounts a USING (account_id) GROUP BY m.cluster_id
)
SELECT p.cluster_id, p.accounts, coalesce(c.devices, 0) AS devices, g.stability,
  g.stability >= $stability AS stable, round(p.density, 6) AS density, p.first_seen,
  greatest(p.newest, coalesce(l.last_at, p.newest)) AS last_seen
FROM people p
JOIN operator.group_stability g USING (cluster_id)
LEFT JOIN machines c USING (cluster_id)
LEFT JOIN linked l USING (cluster_id)
ORDER BY p.cluster_id;
