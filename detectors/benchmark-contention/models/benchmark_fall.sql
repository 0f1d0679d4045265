-- How far each network-measured run fell below its card at its best (upper 15 %), in natural logarithms: bandwidth and FP32 apart.
-- Work of others on the card takes the same share of both; heat and power caps leave bandwidth. Cards of four runs or more.
WITH run AS (
  SELECT benchmark_id, device_id, gpu_index, gpu_model AS class, started_at, finished_at,
    ln(bandwidth / quantile_cont(bandwidth, 0.85) OVER (PARTITION BY device_id, gpu_index, claim_from)) AS bandwidth_fall,
    ln(fp32 / quantile_cont(fp32, 0.85) OVER (PARTITION BY device_id, gpu_index, claim_from)) AS fp32_fall,
    count(*) OVER (PARTITION BY device_id, gpu_index, claim_from) AS runs
  FROM features.benchmark_run
  -- A run of a day or more is no benchmark. Declared slices of one board share it by their own word.
  WHERE bandwidth IS NOT NULL AND fp32 IS NOT NULL AND finished_at > started_at AND finished_at - started_at < 86400000 AND NOT declared_slice
    AND claim_from IS NOT NULL
)
SELECT benchmark_id, device_id, gpu_index, class, started_at, finished_at, (bandwidth_fall + fp32_fall) / 2 AS fall,
  -- Five percent is beyond what a card alone scatters; 0.05 apart is beyond what the two metrics differ by when time is shared.
  bandwidth_fall < -0.05 AND fp32_fall < -0.05 AND abs(bandwidth_fall - fp32_fall) < 0.05 AS fallen
FROM run WHERE runs >= 4
