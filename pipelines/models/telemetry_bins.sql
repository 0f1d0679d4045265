-- How a machine's quarter hours hang together: one row per device with 15-minute means of power and temperature, their
-- spread and their correlation. Sums of integers, so the same on every machine. A quarter of an hour is many times the
-- minute that a heat sink needs, so mean temperature follows mean power.
WITH bin AS (
  SELECT device_id, CAST(round(power_sum_cw / power_n) AS HUGEINT) AS p, CAST(round(temp_sum_cc / temp_n) AS HUGEINT) AS t,
    CAST(round(util_sum_cp / nullif(util_n, 0)) AS BIGINT) AS u
  FROM rollup.device_grid WHERE power_n > 0 AND temp_n > 0
), moment AS (
  SELECT device_id, count(*) AS n, sum(p) AS sp, sum(t) AS st, sum(p * p) AS spp, sum(t * t) AS stt, sum(p * t) AS spt,
    count(*) FILTER (WHERE u >= 8000) AS busy_bins, count(*) FILTER (WHERE u <= 500) AS idle_bins,
    quantile_cont(CAST(p AS DOUBLE), 0.5) FILTER (WHERE u >= 8000) / 100 AS busy_power_w,
    quantile_cont(CAST(p AS DOUBLE), 0.5) FILTER (WHERE u <= 500) / 100 AS idle_power_w
  FROM bin GROUP BY device_id
)
SELECT device_id, n AS bins,
  sqrt(greatest(CAST(n * spp - sp * sp AS DOUBLE), 0)) / n / 100 AS power_sd_w,
  sqrt(greatest(CAST(n * stt - st * st AS DOUBLE), 0)) / n / 100 AS temp_sd_c,
  CASE WHEN n * spp > sp * sp AND n * stt > st * st
    THEN CAST(n * spt - sp * st AS DOUBLE) / (sqrt(CAST(n * spp - sp * sp AS DOUBLE)) * sqrt(CAST(n * stt - st * st AS DOUBLE))) END AS power_temp_corr,
  busy_bins, idle_bins, busy_power_w, idle_power_w
FROM moment
