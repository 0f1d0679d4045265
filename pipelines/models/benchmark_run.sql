-- Runs that the network's own clock and meter took, against their claim: one row per run. Residuals are
-- logarithms of measured over specified, NULL where absent or beyond physics; `per_clock` is FP32 over lanes
-- × clock.
WITH run AS (
  SELECT benchmark_id, device_id, coalesce(gpu_index, 0) AS gpu_index, requested_at, started_at, finished_at,
    nonce, digest, CASE WHEN memory_total_mib BETWEEN 64 AND 10000000 THEN memory_total_mib END AS memory_mib,
    CASE WHEN b.sm_count BETWEEN 1 AND 10000 THEN b.sm_count END AS sm_count,
    CASE WHEN fp32_tflops BETWEEN 0.001 AND 10000 THEN fp32_tflops END AS fp32,
    CASE WHEN fp16_tflops BETWEEN 0.001 AND 100000 THEN fp16_tflops END AS fp16,
    CASE WHEN memory_bandwidth_gb_s BETWEEN 0.1 AND 100000 THEN memory_bandwidth_gb_s END AS bandwidth,
    CASE WHEN sm_clock_mhz BETWEEN 50 AND 6000 THEN sm_clock_mhz END AS clock,
    CASE WHEN pcie_gb_s BETWEEN 0.001 AND 10000 THEN pcie_gb_s END AS pcie
  FROM raw.benchmarks b WHERE measured_by = 'network' AND finished_at >= started_at
)
SELECT r.*, c.from_at AS claim_from, c.gpu_model, c.slice_profile,
  coalesce(c.declared_slice, FALSE) AS declared_slice, c.vendor, d.account_id,
  ln(fp32 / c.fp32_tflops) AS fp32_residual, ln(fp16 / c.fp16_tflops) AS fp16_residual,
  ln(bandwidth / c.bandwidth_min_gb_s) AS bandwidth_residual,
  ln(fp32 / (2e-6 * c.lanes_per_sm * clock)) AS log_busy_sms,
  ln(fp32 / (2e-6 * c.lanes_per_sm * clock * c.sm_min)) AS per_clock_residual
FROM run r
JOIN raw.devices d USING (device_id)
LEFT JOIN features.run_claim c
  ON c.device_id = r.device_id AND c.gpu_index = r.gpu_index AND r.started_at >= c.from_at
    AND r.started_at < coalesce(c.until_at, r.started_at + 1)
