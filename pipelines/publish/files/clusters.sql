-- The operators: sets of accounts that one person stands behind, as far as the evidence says.
SELECT cluster_id, accounts, devices, plain(risk) AS risk, iso_time(first_seen) AS first_seen,
  iso_time(last_seen) AS last_seen, reasons
FROM verdict.cluster ORDER BY cluster_id
