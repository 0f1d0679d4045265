-- Runs in which a card gave its own best figures and its model's bandwidth: one row per run that the network
-- measured. Two machines that did so in one and the same moment are not one card; of machines with several
-- cards (`only_card` is false) that says nothing of the others.
WITH run AS (
  SELECT benchmark_id, device_id, gpu_index, started_at, finished_at, c.gpu_count = 1 AS only_card, fp32,
    bandwidth, bandwidth_residual, quantile_cont(fp32, 0.85) OVER card AS best_fp32,
    quantile_cont(bandwidth, 0.85) OVER card AS best_bandwidth
  FROM features.benchmark_run r JOIN features.device_claim c USING (device_id)
  WHERE fp32 IS NOT NULL AND bandwidth IS NOT NULL AND NOT r.declared_slice AND finished_at > started_at
    AND finished_at - started_at < day_ms()
  WINDOW card AS (PARTITION BY device_id, gpu_index, claim_from)
)
SELECT benchmark_id, device_id, gpu_index, only_card, started_at, finished_at,
  idiv(started_at, hour_ms()) AS hour
FROM run
-- One card behind two names would lose a quarter of a run of which the other's fills half. Whole cards reach
-- 0.63 of their data sheet and more (clpeak), halves of them less than 0.5.
WHERE least(fp32 / best_fp32, bandwidth / best_bandwidth) >= 0.88 AND bandwidth_residual >= ln(0.7)
