-- No card moves more bytes than its bus carries, computes faster than all its SMs at their highest clock, or
-- finishes in a quarter of the time of the smallest job of any model. Three runs and one in five: one bad
-- reading proves nothing.
WITH limit_of AS (
  SELECT device_id, gpu_index, from_at AS claim_from, sm_max,
    bandwidth_max_gb_s
      * CASE WHEN declared_slice THEN $slice_reach
        WHEN overclockable THEN $overclocked
        ELSE $bus_reach END AS bandwidth_limit,
    fp32_ceiling_tflops * CASE WHEN declared_slice THEN $slice_reach ELSE $sms_reach END AS fp32_limit
  FROM features.run_claim WHERE gpu_model IS NOT NULL
),
run AS (
  SELECT *, (finished_at - started_at) / second_ms() AS seconds, seconds * fp32 AS work,
    seconds * bandwidth AS bytes, seconds * bandwidth / memory_mib AS fills
  FROM features.benchmark_run JOIN limit_of USING (device_id, gpu_index, claim_from)
),
card AS (
  SELECT device_id, gpu_index, gpu_model, count(*) AS runs,
    count(*) FILTER (bandwidth > bandwidth_limit OR fp32 > fp32_limit) AS above,
    count(*) FILTER (sm_count > sm_max * $sms_reach) AS more_sms, max(bandwidth) AS bandwidth,
    max(bandwidth_limit) AS bandwidth_limit, max(fp32) AS fp32, max(fp32_limit) AS fp32_limit,
    count(fills) AS timed_runs, quantile_cont(work, $upper) AS work, quantile_cont(bytes, $upper) AS bytes,
    quantile_cont(fills, $upper) AS fills, min(started_at) AS first_at, max(finished_at) AS last_at
  FROM run GROUP BY device_id, gpu_index, gpu_model
),
job AS (
  -- The smallest job of any model, one vote each: a benchmark may be arithmetic, traffic or filling.
  SELECT min(work) AS job_work, min(bytes) AS job_bytes, min(fills) AS job_fills, count(*) AS models
  FROM (
    SELECT quantile_cont(work, 0.5) AS work, quantile_cont(bytes, 0.5) AS bytes,
      quantile_cont(fills, 0.5) AS fills
    FROM card WHERE work IS NOT NULL AND bytes IS NOT NULL AND fills IS NOT NULL GROUP BY gpu_model
  )
),
named AS (
  SELECT *,
    unnest([CASE WHEN above >= $least_runs AND above >= $above_share * runs
          THEN CASE WHEN more_sms * 2 > runs THEN 'better-card' ELSE 'above-limit' END END,
      CASE WHEN timed_runs >= $least_runs AND models >= $least_models AND work < $job_share * job_work
          AND bytes < $job_share * job_bytes AND fills < $job_share * job_fills
          THEN 'too-fast' END]) AS level
  FROM card CROSS JOIN job
)
SELECT device_id AS subject_id, level, (SELECT count(DISTINCT device_id) FROM card) AS tested,
  json_object('claimed', gpu_model, 'runs', runs, 'card', gpu_index, 'runs_above', above,
    'bandwidth_gb_s', bandwidth, 'bandwidth_limit_gb_s', round(bandwidth_limit, 1), 'fp32_tflops', fp32,
    'fp32_limit_tflops', round(fp32_limit, 2), 'work_tflop', round(work, 1),
    'smallest_usual_work_tflop', round(job_work, 1))::VARCHAR AS facts,
  first_at, last_at
FROM named WHERE level IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY device_id, gpu_index, level ORDER BY above DESC, gpu_model) = 1
