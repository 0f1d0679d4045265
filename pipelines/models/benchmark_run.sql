-- Benchmark runs that the network's own clock and meter took, against what they are held to (`features.run_claim`, from
-- `claim_from` on): one row per run. Residuals are natural
-- logarithms of measured over specified; NULL where a figure is absent, not finite or beyond physics (no card passes
-- 10,000 TFLOPS or 100,000 GB/s). `per_clock` is FP32 over lanes × clock: fixed by silicon, whatever the power cap.
SELECT b.benchmark_id, b.device_id, coalesce(b.gpu_index, 0) AS gpu_index, b.requested_at, b.started_at, b.finished_at,
  b.nonce, b.digest,
  CASE WHEN b.memory_total_mib BETWEEN 64 AND 10000000 THEN b.memory_total_mib END AS memory_mib,
  CASE WHEN b.sm_count BETWEEN 1 AND 10000 THEN b.sm_count END AS sm_count,
  v.fp32, v.fp16, v.bandwidth, v.clock, v.pcie,
  c.from_at AS claim_from, c.gpu_model, c.slice_profile, coalesce(c.declared_slice, FALSE) AS declared_slice, c.vendor, d.account_id,
  ln(v.fp32 / c.fp32_tflops) AS fp32_residual,
  ln(v.fp16 / c.fp16_tflops) AS fp16_residual,
  ln(v.bandwidth / c.bandwidth_min_gb_s) AS bandwidth_residual,
  ln(v.fp32 / (2e-6 * c.lanes_per_sm * v.clock)) AS log_busy_sms,
  ln(v.fp32 / (2e-6 * c.lanes_per_sm * v.clock * c.sm_min)) AS per_clock_residual
FROM raw.benchmarks b
JOIN raw.devices d ON d.device_id = b.device_id
LEFT JOIN features.run_claim c ON c.device_id = b.device_id AND c.gpu_index = coalesce(b.gpu_index, 0)
  AND b.started_at >= c.from_at AND b.started_at < coalesce(c.until_at, b.started_at + 1)
LEFT JOIN LATERAL (
  SELECT
    CASE WHEN isfinite(b.fp32_tflops) AND b.fp32_tflops BETWEEN 0.001 AND 10000 THEN b.fp32_tflops END AS fp32,
    CASE WHEN isfinite(b.fp16_tflops) AND b.fp16_tflops BETWEEN 0.001 AND 100000 THEN b.fp16_tflops END AS fp16,
    CASE WHEN isfinite(b.memory_bandwidth_gb_s) AND b.memory_bandwidth_gb_s BETWEEN 0.1 AND 100000 THEN b.memory_bandwidth_gb_s END AS bandwidth,
    CASE WHEN isfinite(b.sm_clock_mhz) AND b.sm_clock_mhz BETWEEN 50 AND 6000 THEN b.sm_clock_mhz END AS clock,
    CASE WHEN isfinite(b.pcie_gb_s) AND b.pcie_gb_s BETWEEN 0.001 AND 10000 THEN b.pcie_gb_s END AS pcie
) v ON TRUE
WHERE b.measured_by = 'network' AND b.finished_at >= b.started_at
