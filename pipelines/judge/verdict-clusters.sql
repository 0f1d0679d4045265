-- One row per published cluster of which at least one account is not clear. Its risk is pooled over the
-- members of a group that evidence formed; a cluster that an analyst joined has the risk and the reasons of
-- its surest group.
CREATE OR REPLACE TABLE verdict.cluster AS
WITH part AS (
  SELECT DISTINCT p.cluster_id, m.cluster_id AS group_id
  FROM operator.published_member p JOIN operator.member m USING (account_id)
),
ranked AS (
  SELECT part.cluster_id, j.risk, j.reasons,
    row_number() OVER (PARTITION BY part.cluster_id ORDER BY j.risk DESC, part.group_id) AS place
  FROM part JOIN verdict.judged_cluster j ON j.cluster_id = part.group_id
),
surest AS (SELECT cluster_id, risk, reasons FROM ranked WHERE place = 1)
SELECT c.cluster_id, c.accounts, count(*) FILTER (WHERE a.verdict = 'exclude') AS excluded, c.devices,
  coalesce(s.risk, $prior) AS risk, c.first_seen, c.last_seen, coalesce(s.reasons, '') AS reasons,
  c.stability, c.density
FROM operator.published_cluster c
JOIN verdict.account a USING (cluster_id)
LEFT JOIN surest s USING (cluster_id)
GROUP BY ALL HAVING count(*) FILTER (WHERE a.verdict <> 'clear') > 0 ORDER BY c.cluster_id;
