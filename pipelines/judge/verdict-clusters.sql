-- One row per cluster of which at least one account is not clear. Its risk is pooled over the members.
CREATE OR REPLACE TABLE verdict.cluster AS
SELECT c.cluster_id, c.accounts, count(*) FILTER (WHERE a.verdict = 'exclude') AS excluded, c.devices,
  coalesce(j.risk, $prior) AS risk, c.first_seen, c.last_seen, coalesce(j.reasons, '') AS reasons, c.stability,
  c.density
FROM operator.cluster c
JOIN verdict.account a USING (cluster_id)
LEFT JOIN verdict.judged_cluster j USING (cluster_id)
GROUP BY ALL
HAVING count(*) FILTER (WHERE a.verdict <> 'clear') > 0
ORDER BY c.cluster_id;
