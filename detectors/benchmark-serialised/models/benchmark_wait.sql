-- How long each run waited after its challenge left the network, with the machine's median wait, the median
-- length of a run of the model, and how many challenges the network had sent just before.
SELECT benchmark_id, device_id, gpu_model AS class, requested_at, started_at, finished_at,
  started_at - requested_at AS wait_ms, quantile_cont(wait_ms, 0.5) OVER (PARTITION BY device_id) AS usual_ms,
  wait_ms > usual_ms + $late_ms AS late,
  quantile_cont(finished_at - started_at, 0.5) OVER (PARTITION BY gpu_model) AS length_ms,
  count(*) OVER (ORDER BY requested_at RANGE $rush_ms PRECEDING) AS network_load
FROM features.benchmark_run
WHERE gpu_model IS NOT NULL AND started_at >= requested_at AND finished_at > started_at
