-- No card moves more bytes than its memory bus carries or computes faster than all its SMs at their highest clock, and no
-- card finishes in a quarter of the time of the smallest job that any model is given, at the speed that it reports. Three runs or more that the network
-- measured, and one in five at least, must break a limit: one bad reading proves nothing.
WITH limit_of AS (
  SELECT device_id, gpu_index, from_at, gpu_model, declared_slice, sm_max, bandwidth_max_gb_s, fp32_ceiling_tflops,
    -- Memory overclocks reach 15 % on consumer cards, of which runs show 0.92; other memory runs at its specification.
    bandwidth_max_gb_s * CASE WHEN declared_slice THEN 1.25 WHEN overclockable THEN 1.06 ELSE 1.01 END AS bandwidth_limit,
    fp32_ceiling_tflops * CASE WHEN declared_slice THEN 1.25 ELSE 1.05 END AS fp32_limit
  FROM features.run_claim WHERE gpu_model IS NOT NULL
), run AS (
  SELECT r.*, l.sm_max, l.bandwidth_limit, l.fp32_limit, l.bandwidth_max_gb_s,
    (r.finished_at - r.started_at) / 1000.0 * r.fp32 AS work,
    (r.finished_at - r.started_at) / 1000.0 * r.bandwidth AS bytes,
    (r.finished_at - r.started_at) / 1000.0 * r.bandwidth / r.memory_mib AS fills
  FROM features.benchmark_run r JOIN limit_of l ON l.device_id = r.device_id AND l.gpu_index = r.gpu_index AND l.from_at = r.claim_from
), card AS (
  SELECT device_id, gpu_index, gpu_model, count(*) AS runs,
    count(*) FILTER (WHERE bandwidth > bandwidth_limit OR fp32 > fp32_limit) AS above,
    count(*) FILTER (WHERE sm_count > sm_max * 1.05) AS more_sms,
    max(bandwidth) AS bandwidth, max(bandwidth_limit) AS bandwidth_limit, max(fp32) AS fp32, max(fp32_limit) AS fp32_limit,
    count(fills) AS timed_runs, quantile_cont(work, 0.75) AS work, quantile_cont(bytes, 0.75) AS bytes, quantile_cont(fills, 0.75) AS fills,
    min(started_at) AS first_at, max(finished_at) AS last_at
  FROM run GROUP BY device_id, gpu_index, gpu_model
), by_model AS (
  SELECT gpu_model, quantile_cont(work, 0.5) AS work, quantile_cont(bytes, 0.5) AS bytes, quantile_cont(fills, 0.5) AS fills
  FROM card WHERE work IS NOT NULL AND bytes IS NOT NULL AND fills IS NOT NULL GROUP BY gpu_model
), job AS (
  -- The smallest job of any claimed model, one vote each, measured as arithmetic, as traffic and as fillings of the memory,
  -- since a benchmark may be made of any of them.
  SELECT min(work) AS work, min(bytes) AS bytes, min(fills) AS fills, count(*) AS models FROM by_model
), judged AS (
  SELECT d.*, j.work AS job_work, j.models,
    CASE
      WHEN d.above >= 3 AND d.above * 5 >= d.runs AND d.more_sms * 2 > d.runs THEN 'better-card'
      WHEN d.above >= 3 AND d.above * 5 >= d.runs THEN 'above-limit'
      WHEN d.timed_runs >= 3 AND j.models >= 5 AND d.work < j.work / 4 AND d.bytes < j.bytes / 4 AND d.fills < j.fills / 4 THEN 'too-fast'
    END AS level
  FROM card d CROSS JOIN job j
), worst AS (
  SELECT *, row_number() OVER (PARTITION BY device_id, gpu_index, level ORDER BY above DESC, gpu_model) AS k FROM judged WHERE level IS NOT NULL
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT count(DISTINCT device_id) FROM card) AS tested,
  json_object('claimed', gpu_model, 'runs', runs, 'card', gpu_index, 'runs_above', above, 'bandwidth_gb_s', bandwidth, 'bandwidth_limit_gb_s', round(bandwidth_limit, 1),
    'fp32_tflops', fp32, 'fp32_limit_tflops', round(fp32_limit, 2), 'work_tflop', round(work, 1), 'smallest_usual_work_tflop', round(job_work, 1))::VARCHAR AS facts,
  first_at, last_at
FROM worst WHERE k = 1
