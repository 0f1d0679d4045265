-- Cards claimed whole, of a model that MIG can cut, with enough runs; `busy_sms`: the SMs that worked.
SELECT *, exp(log_busy_sms) AS busy_sms
FROM features.benchmark_card
WHERE mig_capable AND NOT declared_slice AND bandwidth_runs >= $least_runs AND log_busy_sms IS NOT NULL
  AND gpu_model IS NOT NULL
