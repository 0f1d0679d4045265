-- The fingerprint of a card's silicon: one row per card with enough undisturbed runs that the network
-- measured. Natural logarithms of clock, arithmetic per clock (single and half precision) and bandwidth:
-- median over the runs, median absolute deviation, and odd days less even ones. Address block, host and
-- account are where the same card may stand twice.
WITH run AS (
  SELECT r.*, quantile_cont(fp32, $usual) OVER card AS usual_fp32,
    quantile_cont(bandwidth, $usual) OVER card AS usual_bandwidth
  FROM features.benchmark_run r
  -- What stood at that index before was another card; on a host of several models nobody knows which card
  -- ran.
  SEMI JOIN features.card_claim c
    ON c.device_id = r.device_id AND c.gpu_index = r.gpu_index AND c.from_at = r.claim_from AND c.latest
      AND NOT c.several
  WHERE clock IS NOT NULL AND fp32 IS NOT NULL AND bandwidth IS NOT NULL
  WINDOW card AS (PARTITION BY r.device_id, r.gpu_index)
),
calm AS (
  SELECT device_id, gpu_index, started_at, finished_at, day_of(started_at) % 2 = 1 AS odd, ln(clock) AS clock,
    ln(fp32 / clock) AS compute, ln(fp16 / clock) AS half, ln(bandwidth) AS memory
  FROM run WHERE fp32 >= $calm_share * usual_fp32 AND bandwidth >= $calm_share * usual_bandwidth
),
card AS (
  SELECT device_id, gpu_index, count(*) AS runs, count(*) FILTER (WHERE odd) AS odd_runs,
    count(half) AS half_runs, min(started_at) AS first_at, max(finished_at) AS last_at,
    median(clock) AS clock, median(compute) AS compute, median(half) AS half, median(memory) AS memory,
    mad(clock) AS clock_mad, mad(compute) AS compute_mad, mad(half) AS half_mad, mad(memory) AS memory_mad,
    median(clock) FILTER (WHERE odd) - median(clock) FILTER (WHERE NOT odd) AS clock_drift,
    median(compute) FILTER (WHERE odd) - median(compute) FILTER (WHERE NOT odd) AS compute_drift,
    median(half) FILTER (WHERE odd) - median(half) FILTER (WHERE NOT odd) AS half_drift,
    median(memory) FILTER (WHERE odd) - median(memory) FILTER (WHERE NOT odd) AS memory_drift
  FROM calm GROUP BY device_id, gpu_index HAVING count(*) >= $least_runs
),
spelling AS (
  SELECT ip, ip_block(ip) AS block
  FROM (SELECT DISTINCT ip FROM rollup.device_ip_day WHERE length(ip) <= $longest_address)
  WHERE ip_is_public(ip)
),
seat AS (
  SELECT r.device_id, p.block, sum(r.messages) AS messages
  FROM rollup.device_ip_day r JOIN spelling p USING (ip) GROUP BY r.device_id, p.block
),
home AS (SELECT device_id, list(block ORDER BY messages DESC, block)[1] AS block FROM seat GROUP BY device_id)
SELECT k.*, coalesce(c.gpu_model, lower(c.claim)) AS class, d.account_id, h.block,
  nullif(concat_ws(' ', d.image_id, d.cpu_model, d.hypervisor, d.driver_version), '') AS host
FROM card k
JOIN raw.devices d USING (device_id)
JOIN features.card_claim c ON c.device_id = k.device_id AND c.gpu_index = k.gpu_index AND c.latest
LEFT JOIN home h USING (device_id)
-- Declared slices of one board are one card by their own word.
WHERE NOT c.declared_slice
