-- Cards that exist climb the ladder at everybody's pace: registered, heard, answering, benchmarked, rented.
-- Named are steps that one model fails and others take.
SELECT level, concat(level, ':', gpu_model) AS metric,
  (SELECT min(first_at) FROM rollup.device_day) AS valid_from, $snapshot AS valid_to,
  CAST(passing AS DOUBLE) AS observed, CAST(round(cards * (1 - p), 1) AS DOUBLE) AS expected
FROM own.step_rate
WHERE k >= $least_accounts AND chernoff_nats(n, k, p) > ln((SELECT count(*) FROM own.step_rate)) - ln($alpha)
