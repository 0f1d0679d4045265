-- The fingerprint of a card's silicon: one row per card with four undisturbed runs or more that the network measured. No two
-- chips of a model run quite alike; clock, arithmetic per clock (single and half precision) and bandwidth repeat from run to run.
-- Natural logarithms: median over the runs, median absolute deviation, and the medians of odd and even days apart, from which
-- the repeatability is judged. The address block, the host and the account are where the same card may stand twice.
WITH run AS (
  SELECT device_id, gpu_index, started_at, finished_at, fp32, bandwidth,
    ln(clock) AS clock, ln(fp32 / clock) AS compute, ln(fp16 / clock) AS half, ln(bandwidth) AS memory,
    quantile_cont(fp32, 0.75) OVER (PARTITION BY device_id, gpu_index) AS usual_fp32, quantile_cont(bandwidth, 0.75) OVER (PARTITION BY device_id, gpu_index) AS usual_bandwidth
  FROM features.benchmark_run r
  -- What stood at that index before was another card.
  SEMI JOIN features.card_claim c ON c.device_id = r.device_id AND c.gpu_index = r.gpu_index AND c.from_at = r.claim_from AND c.latest
    -- On a host of several models nobody knows which card ran.
    AND NOT c.several
  WHERE clock IS NOT NULL AND fp32 IS NOT NULL AND bandwidth IS NOT NULL
), calm AS (
  -- Renters, owners and neighbours on the card lower a run by more than eight percent; noise does not.
  SELECT * FROM run WHERE fp32 >= 0.92 * usual_fp32 AND bandwidth >= 0.92 * usual_bandwidth
), centred AS (
  SELECT *,
    quantile_cont(clock, 0.5) OVER (PARTITION BY device_id, gpu_index) AS clock_mid, quantile_cont(compute, 0.5) OVER (PARTITION BY device_id, gpu_index) AS compute_mid,
    quantile_cont(half, 0.5) OVER (PARTITION BY device_id, gpu_index) AS half_mid, quantile_cont(memory, 0.5) OVER (PARTITION BY device_id, gpu_index) AS memory_mid, day_of(started_at) % 2 AS odd
  FROM calm
), card AS (
  SELECT device_id, gpu_index, count(*) AS runs, count(*) FILTER (WHERE odd = 1) AS odd_runs, count(half) AS half_runs,
    min(started_at) AS first_at, max(finished_at) AS last_at,
    min(clock_mid) AS clock, min(compute_mid) AS compute, min(half_mid) AS half, min(memory_mid) AS memory,
    quantile_cont(abs(clock - clock_mid), 0.5) AS clock_mad, quantile_cont(abs(compute - compute_mid), 0.5) AS compute_mad,
    quantile_cont(abs(half - half_mid), 0.5) AS half_mad, quantile_cont(abs(memory - memory_mid), 0.5) AS memory_mad,
    quantile_cont(clock, 0.5) FILTER (WHERE odd = 1) - quantile_cont(clock, 0.5) FILTER (WHERE odd = 0) AS clock_drift,
    quantile_cont(compute, 0.5) FILTER (WHERE odd = 1) - quantile_cont(compute, 0.5) FILTER (WHERE odd = 0) AS compute_drift,
    quantile_cont(half, 0.5) FILTER (WHERE odd = 1) - quantile_cont(half, 0.5) FILTER (WHERE odd = 0) AS half_drift,
    quantile_cont(memory, 0.5) FILTER (WHERE odd = 1) - quantile_cont(memory, 0.5) FILTER (WHERE odd = 0) AS memory_drift
  FROM centred GROUP BY device_id, gpu_index HAVING count(*) >= 4
), spelling AS (
  SELECT ip, ip_block(ip) AS block FROM (SELECT DISTINCT ip FROM rollup.device_ip_day WHERE length(ip) <= 64) WHERE ip_is_public(ip)
), seat AS (
  SELECT r.device_id, p.block, CAST(sum(r.messages) AS BIGINT) AS messages
  FROM rollup.device_ip_day r JOIN spelling p ON p.ip = r.ip GROUP BY r.device_id, p.block
), home AS (
  SELECT device_id, list(block ORDER BY messages DESC, block)[1] AS block FROM seat GROUP BY device_id
)
SELECT k.*, coalesce(c.gpu_model, lower(c.claim)) AS class, d.account_id, h.block,
  nullif(concat_ws(' ', d.image_id, d.cpu_model, d.hypervisor, d.driver_version), '') AS host
FROM card k
JOIN raw.devices d ON d.device_id = k.device_id
JOIN features.card_claim c ON c.device_id = k.device_id AND c.gpu_index = k.gpu_index AND c.latest
LEFT JOIN home h ON h.device_id = k.device_id
-- Declared slices of one board are one card by their own word.
WHERE NOT c.declared_slice
