-- The clusters with the most points taken or held, with the first of their members in order of registration.
WITH member AS (
  SELECT cluster_id, sum(points_before - points_after) AS taken,
    coalesce(sum(points_after) FILTER (verdict = 'review'), 0) AS held,
    list(account_id ORDER BY created_at, account_id) AS members
  FROM verdict.account JOIN raw.accounts USING (account_id) WHERE cluster_id IS NOT NULL GROUP BY cluster_id
)
SELECT cluster.cluster_id, cluster.accounts, cluster.excluded, cluster.devices, cluster.risk,
  cluster.first_seen, cluster.last_seen, cluster.reasons, cluster.stability, cluster.density,
  plain(coalesce(member.taken, 0)) AS points_taken, plain(coalesce(member.held, 0)) AS points_held,
  coalesce(member.members[1:40], []) AS members
FROM verdict.cluster AS cluster LEFT JOIN member USING (cluster_id)
ORDER BY coalesce(member.taken + member.held, 0) DESC, cluster.accounts DESC, cluster.cluster_id LIMIT $cap
