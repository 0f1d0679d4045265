-- How far each network-measured run fell below its card at its best, in natural logarithms, and whether by
-- more than a card alone scatters in bandwidth and FP32 alike: heat and power caps leave bandwidth.
WITH run AS (
  SELECT benchmark_id, device_id, gpu_index, gpu_model AS class, started_at, finished_at,
    count(*) OVER card AS runs, ln(bandwidth / quantile_cont(bandwidth, $best) OVER card) AS bandwidth_fall,
    ln(fp32 / quantile_cont(fp32, $best) OVER card) AS fp32_fall
  FROM features.benchmark_run
  -- A run of a day or more is no benchmark. Declared slices of one board share it by their own word.
  WHERE bandwidth IS NOT NULL AND fp32 IS NOT NULL AND finished_at > started_at
    AND finished_at - started_at < day_ms() AND NOT declared_slice AND claim_from IS NOT NULL
  WINDOW card AS (PARTITION BY device_id, gpu_index, claim_from)
)
SELECT benchmark_id, device_id, gpu_index, class, started_at, finished_at,
  (bandwidth_fall + fp32_fall) / 2 AS fall,
  bandwidth_fall < -$least_fall AND fp32_fall < -$least_fall
    AND abs(bandwidth_fall - fp32_fall) < $most_apart AS fallen
FROM run WHERE runs >= $least_runs
