-- How a card's quarter hours hang together: one row per card with the spread of 15-minute power and
-- temperature, their correlation, and temperature's with the quarter hour before, over `neighbours` pairs.
-- Sums of integers, so the same on every machine. A quarter of an hour is many times the minute that a heat
-- sink needs, so mean temperature follows mean power.
WITH bin AS (
  SELECT device_id, gpu_index, bin, CAST(round(power_sum_cw / power_n) AS HUGEINT) AS p,
    CAST(round(temp_sum_cc / temp_n) AS HUGEINT) AS t, round(util_sum_cp / nullif(util_n, 0)) >= 8000 AS busy
  FROM rollup.device_grid WHERE power_n > 0 AND temp_n > 0
),
paired AS (
  SELECT *, CASE WHEN bin - lag(bin) OVER card = 1 THEN lag(t) OVER card END AS b,
    CASE WHEN bin - lag(bin) OVER card = 1 THEN t END AS a
  FROM bin WINDOW card AS (PARTITION BY device_id, gpu_index ORDER BY bin)
),
moment AS (
  -- Numbers of pairs, and n times n times variances and covariances.
  SELECT device_id, gpu_index, count(*) AS bins, count(b) AS neighbours,
    count(*) FILTER (WHERE busy) AS busy_bins, CAST(count(*) * sum(p * p) - sum(p) * sum(p) AS DOUBLE) AS pp,
    CAST(count(*) * sum(t * t) - sum(t) * sum(t) AS DOUBLE) AS tt,
    CAST(count(*) * sum(p * t) - sum(p) * sum(t) AS DOUBLE) AS pt,
    CAST(count(b) * sum(a * a) - sum(a) * sum(a) AS DOUBLE) AS aa,
    CAST(count(b) * sum(b * b) - sum(b) * sum(b) AS DOUBLE) AS bb,
    CAST(count(b) * sum(a * b) - sum(a) * sum(b) AS DOUBLE) AS ab
  FROM paired GROUP BY device_id, gpu_index
)
SELECT device_id, gpu_index, bins, sqrt(greatest(pp, 0)) / bins / 100 AS power_sd_w,
  sqrt(greatest(tt, 0)) / bins / 100 AS temp_sd_c,
  CASE WHEN pp > 0 AND tt > 0 THEN pt / (sqrt(pp) * sqrt(tt)) END AS power_temp_corr, neighbours,
  CASE WHEN aa > 0 AND bb > 0 THEN ab / (sqrt(aa) * sqrt(bb)) END AS temp_memory, busy_bins
FROM moment
