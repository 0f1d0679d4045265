-- When the power of a card steps up or down: one row per quarter hour whose change is among its largest tenth
-- up or down, over the last fortnight; ranks survive offsets, gains and noise. `hidden`: a step beyond what
-- the copy and video engines take (6 % of the limit and 8 W) while the card says that nothing runs. `given`:
-- within a hire or a benchmark.
WITH edge AS (SELECT max(bin) AS last_bin FROM rollup.device_grid),
quarter AS (
  SELECT device_id, gpu_index, bin, CAST(round(power_sum_cw / power_n) AS BIGINT) AS power_cw,
    CAST(round(util_sum_cp / nullif(util_n, 0)) AS BIGINT) AS util_cp
  FROM rollup.device_grid CROSS JOIN edge WHERE power_n > 0 AND bin > last_bin - 1344
),
step AS (
  SELECT device_id, gpu_index, bin, bin - lag(bin) OVER card AS gap,
    power_cw - lag(power_cw) OVER card AS rise_cw, greatest(util_cp, lag(util_cp) OVER card) AS util_cp
  FROM quarter WINDOW card AS (PARTITION BY device_id, gpu_index ORDER BY bin)
),
card AS (
  -- Two days of neighbouring quarter hours.
  SELECT s.device_id, s.gpu_index, quantile_disc(s.rise_cw, 0.9) AS high, quantile_disc(s.rise_cw, 0.1) AS low
  FROM step s WHERE s.gap = 1 GROUP BY s.device_id, s.gpu_index HAVING count(*) >= 192
),
found AS (
  -- A tenth of a watt is the least that a mean of sensor readings can tell.
  SELECT s.device_id, s.gpu_index, s.bin, s.rise_cw > 0 AS up,
    coalesce(s.util_cp <= 500 AND abs(s.rise_cw) >= 6 * l.power_limit_w + 800, FALSE) AS hidden
  FROM step s
  JOIN card c USING (device_id, gpu_index)
  JOIN features.card_claim l ON l.device_id = s.device_id AND l.gpu_index = s.gpu_index AND l.latest
  WHERE s.gap = 1 AND ((s.rise_cw >= c.high AND c.high >= 10) OR (s.rise_cw <= c.low AND c.low <= -10))
    AND NOT l.declared_slice
),
task AS (
  SELECT device_id, started_at, coalesce(ended_at, $snapshot) AS ended_at
  FROM raw.rentals WHERE started_at <= $snapshot
  UNION ALL
  SELECT device_id, coalesce(least(requested_at, started_at), started_at), finished_at
  FROM raw.benchmarks WHERE started_at <= $snapshot
),
given AS (
  SELECT DISTINCT t.device_id,
    unnest(range(greatest(idiv(t.started_at, 900000), e.last_bin - 1344),
      least(idiv(t.ended_at, 900000), e.last_bin) + 2)) AS bin
  FROM task t CROSS JOIN edge e
)
SELECT f.device_id, f.gpu_index, f.bin, f.up, f.hidden, g.bin IS NOT NULL AS given
FROM found f LEFT JOIN given g USING (device_id, bin)
