-- A fleet of one model is always on and was never benchmarked, while nearly everybody's machines are.
SELECT 'fleet' AS level, concat('never_benchmarked:', gpu_model) AS metric, first_at AS valid_from,
  last_at AS valid_to, CAST(k AS DOUBLE) AS observed, CAST(round(n * p, 2) AS DOUBLE) AS expected
FROM own.fleet
WHERE k >= $least_machines AND chernoff_nats(n, k, p) > ln((SELECT count(*) FROM own.fleet)) - ln($alpha)
