-- What became of each planned challenge: one row per card asked and round, with the first run of that nonce.
-- `held`, or less memory (`short`), shorter (`cut`), bandwidth and FP32 both far below the card's own alone
-- (`slow`), begun when a third of the time was over (`late`), no answer despite a heartbeat (`absent`).
-- `certified`: more than any half card of that name has.
WITH answer AS (
  SELECT challenge_id, c.mode, b.*
  FROM raw.challenges c JOIN features.benchmark_run b USING (device_id, gpu_index, nonce)
  QUALIFY row_number() OVER (PARTITION BY challenge_id ORDER BY b.started_at, b.benchmark_id) = 1
),
usual AS (
  SELECT device_id, gpu_index, quantile_cont(bandwidth, 0.75) AS usual_bandwidth,
    quantile_cont(fp32, 0.75) AS usual_fp32
  FROM answer WHERE mode = 'alone' GROUP BY device_id, gpu_index
),
rented AS (
  -- Whoever hires a machine in the middle of the hold can load it: any hire that touches the window excuses.
  SELECT challenge_id
  FROM raw.challenges c
  LEFT JOIN answer a USING (challenge_id)
  JOIN raw.rentals r ON r.device_id = c.device_id
  WHERE r.started_at < greatest(c.starts_at + second_ms() * c.hold_s, coalesce(a.finished_at, 0))
    AND coalesce(r.ended_at, $snapshot) > c.starts_at
),
alive AS (
  SELECT challenge_id
  FROM raw.challenges c
  JOIN rollup.device_grid g ON g.device_id = c.device_id AND g.bin = c.starts_at // (15 * minute_ms())
),
judged AS (
  SELECT challenge_id, c.plan_id, c.cohort, c.round, c.mode = 'together' AS together, c.role, c.device_id,
    c.gpu_index, d.account_id, d.gpu_model, o.country, c.starts_at, c.hold_s, c.memory_mib AS asked_mib,
    a.memory_mib, a.bandwidth, a.fp32, a.started_at, a.finished_at,
    CASE WHEN challenge_id IN (SELECT challenge_id FROM rented) THEN 'excused'
      -- A queue of ten would still be answered by then.
      WHEN a.benchmark_id IS NULL
        THEN CASE WHEN c.starts_at + 10 * second_ms() * c.hold_s > $snapshot
            OR challenge_id NOT IN (SELECT challenge_id FROM alive)
            THEN 'excused'
          ELSE 'absent' END
      WHEN abs(coalesce(a.requested_at, c.starts_at) - c.starts_at) > 5000
        OR a.started_at < c.starts_at - 5000
        THEN 'excused'
      WHEN a.started_at > c.starts_at + second_ms() * greatest(c.hold_s // 3, 10) THEN 'late'
      WHEN a.memory_mib IS NULL THEN 'excused'
      WHEN a.memory_mib < 0.97 * c.memory_mib THEN 'short'
      WHEN a.finished_at - a.started_at < 800 * c.hold_s THEN 'cut'
      WHEN a.bandwidth < 0.7 * usual_bandwidth AND coalesce(a.fp32 < 0.7 * usual_fp32, TRUE) THEN 'slow'
      ELSE 'held' END AS outcome,
    d.memory_max_mib, d.bandwidth_max_gb_s
  FROM raw.challenges c
  JOIN features.card_claim d ON d.device_id = c.device_id AND d.gpu_index = c.gpu_index AND d.latest
  LEFT JOIN raw.accounts o ON o.account_id = d.account_id
  LEFT JOIN answer a USING (challenge_id)
  LEFT JOIN usual u ON u.device_id = c.device_id AND u.gpu_index = c.gpu_index
)
SELECT * EXCLUDE (memory_max_mib, bandwidth_max_gb_s),
  outcome = 'held'
    AND coalesce(memory_mib > 0.55 * memory_max_mib AND bandwidth > 0.55 * bandwidth_max_gb_s,
      FALSE) AS certified
FROM judged
