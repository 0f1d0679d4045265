-- Starts of a machine's client over all days. Estimates of one start scatter by delay and clock drift, so a
-- row joins the start before it unless it is more than 30 seconds later than every estimate so far: a client
-- that restarts twice within half a minute counts once. Runs over the small daily table only.
WITH ordered AS (
  SELECT *,
    max(started_max) OVER (PARTITION BY device_id ORDER BY started_min, started_max, day, boot_id NULLS FIRST
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
  FROM rollup_all.device_restart_day
),
numbered AS (
  SELECT *,
    sum(CASE WHEN started_min <= reached + 30000 THEN 0 ELSE 1 END) OVER (PARTITION BY device_id
      ORDER BY started_min, started_max, day, boot_id NULLS FIRST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS start
  FROM ordered
)
SELECT device_id, min(started_min) AS started_at, max(started_max) AS started_max, min(first_at) AS first_at,
  max(last_at) AS last_at, CAST(sum(messages) AS BIGINT) AS messages, count(DISTINCT day) AS days,
  min(boot_id) AS boot_id, count(DISTINCT boot_id) AS boot_ids
FROM numbered GROUP BY device_id, start
