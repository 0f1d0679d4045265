-- Published figures of cards online, of the models with enough of them on days that heartbeats cover: one row
-- per figure, in order (`k`), with the first and last of its series.
SELECT metric, substr(metric, 13) AS gpu_model, occurred_at, value, min(occurred_at) OVER line AS first_at,
  max(occurred_at) OVER line AS last_at, row_number() OVER (line ORDER BY occurred_at, value) AS k
FROM raw.network_stats CROSS JOIN (SELECT min(day) AS first_day, max(day) AS last_day FROM rollup.device_day)
WHERE starts_with(metric, 'gpus_online:') AND isfinite(value) AND value BETWEEN 0 AND $most_online
WINDOW line AS (PARTITION BY metric)
QUALIFY count(*) OVER line >= $least_figures AND last_at - first_at >= 2 * day_ms()
  AND day_of(first_at) >= first_day AND day_of(last_at) <= last_day + 1
