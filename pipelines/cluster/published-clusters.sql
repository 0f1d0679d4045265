-- One row per published cluster, as clusters.sql has them for groups by evidence: what an analyst joined
-- counts whole.
CREATE OR REPLACE TABLE operator.published_cluster AS
WITH machines AS (
  SELECT m.cluster_id, count(*) AS devices
  FROM operator.published_member m JOIN raw.devices d USING (account_id) GROUP BY m.cluster_id
),
linked AS (
  SELECT m.cluster_id, max(i.last_at) AS last_at
  FROM operator.published_member m JOIN operator.incidence i USING (account_id) WHERE i.solid
  GROUP BY m.cluster_id
),
people AS (
  SELECT m.cluster_id, count(*) AS accounts, fsum(m.density) / count(*) AS density,
    max(m.stability) AS stability, bool_or(m.joined) AS joined, min(a.created_at) AS first_seen,
    max(a.created_at) AS newest
  FROM operator.published_member m JOIN raw.accounts a USING (account_id) GROUP BY m.cluster_id
)
SELECT p.cluster_id, p.accounts, coalesce(c.devices, 0) AS devices, p.stability,
  round(p.density, 6) AS density, p.joined, p.first_seen,
  greatest(p.newest, coalesce(l.last_at, p.newest)) AS last_seen
FROM people p LEFT JOIN machines c USING (cluster_id) LEFT JOIN linked l USING (cluster_id)
ORDER BY p.cluster_id;
