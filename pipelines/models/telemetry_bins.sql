-- How a card's quarter hours hang together: one row per card with 15-minute means of power and temperature, their spread and
-- their correlation, and what temperature remembers: its correlation with the quarter hour before, over `neighbours` pairs. Sums of integers, so the same on every machine. A quarter of an hour is many times the minute that a
-- heat sink needs, so mean temperature follows mean power.
WITH bin AS (
  SELECT device_id, gpu_index, bin, CAST(round(power_sum_cw / power_n) AS HUGEINT) AS p, CAST(round(temp_sum_cc / temp_n) AS HUGEINT) AS t,
    CAST(round(util_sum_cp / nullif(util_n, 0)) AS BIGINT) AS u
  FROM rollup.device_grid WHERE power_n > 0 AND temp_n > 0
), neighbour AS (
  SELECT device_id, gpu_index, t, bin - lag(bin) OVER card AS gap, lag(t) OVER card AS before
  FROM bin WINDOW card AS (PARTITION BY device_id, gpu_index ORDER BY bin)
), memory AS (
  SELECT device_id, gpu_index, count(*) AS n, sum(t) AS st, sum(before) AS sb, sum(t * t) AS stt, sum(before * before) AS sbb, sum(t * before) AS stb
  FROM neighbour WHERE gap = 1 GROUP BY device_id, gpu_index
), moment AS (
  SELECT device_id, gpu_index, count(*) AS n, sum(p) AS sp, sum(t) AS st, sum(p * p) AS spp, sum(t * t) AS stt, sum(p * t) AS spt,
    count(*) FILTER (WHERE u >= 8000) AS busy_bins, count(*) FILTER (WHERE u <= 500) AS idle_bins,
    quantile_cont(CAST(p AS DOUBLE), 0.5) FILTER (WHERE u >= 8000) / 100 AS busy_power_w,
    quantile_cont(CAST(p AS DOUBLE), 0.5) FILTER (WHERE u <= 500) / 100 AS idle_power_w
  FROM bin GROUP BY device_id, gpu_index
)
SELECT m.device_id, m.gpu_index, m.n AS bins,
  sqrt(greatest(CAST(m.n * spp - sp * sp AS DOUBLE), 0)) / m.n / 100 AS power_sd_w,
  sqrt(greatest(CAST(m.n * m.stt - m.st * m.st AS DOUBLE), 0)) / m.n / 100 AS temp_sd_c,
  CASE WHEN m.n * spp > sp * sp AND m.n * m.stt > m.st * m.st
    THEN CAST(m.n * spt - sp * m.st AS DOUBLE) / (sqrt(CAST(m.n * spp - sp * sp AS DOUBLE)) * sqrt(CAST(m.n * m.stt - m.st * m.st AS DOUBLE))) END AS power_temp_corr,
  coalesce(r.n, 0) AS neighbours,
  CASE WHEN r.n * r.stt > r.st * r.st AND r.n * r.sbb > r.sb * r.sb
    THEN CAST(r.n * r.stb - r.st * r.sb AS DOUBLE) / (sqrt(CAST(r.n * r.stt - r.st * r.st AS DOUBLE)) * sqrt(CAST(r.n * r.sbb - r.sb * r.sb AS DOUBLE))) END AS temp_memory,
  busy_bins, idle_bins, busy_power_w, idle_power_w
FROM moment m LEFT JOIN memory r ON r.device_id = m.device_id AND r.gpu_index = m.gpu_index
