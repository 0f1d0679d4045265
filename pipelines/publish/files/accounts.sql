-- Every account with its verdict and what the verdict does to its points.
SELECT
  account_id,
  verdict,
  plain(risk) AS risk,
  cluster_id,
  devices,
  devices_void,
  plain(points_before) AS points_before,
  plain(points_after) AS points_after,
  reasons
FROM verdict.account
ORDER BY account_id
