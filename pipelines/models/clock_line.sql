-- How a machine's own clock runs against the network's: one row per device and fortnight, counted back from
-- the last message. A clock left to its crystal is a straight line, offset plus drift; the line is drawn
-- through one quarter hour of every two hours. Drift is the median slope over pairs a quarter of the line
-- apart (Theil's incomplete method, Sen 1968), the offset the median of what is left at the fortnight's
-- middle. Whole quarter hours are taken out throughout: time zones, not clocks. Units: ppm, ms.
WITH edge AS (SELECT max(bin) AS last_bin FROM rollup.device_grid),
packed AS (
  -- The first quarter hour with a clock of each two hours; bin and clock in one number, so that the least is
  -- one row's. Of a machine's cards in it the least delayed message counts, hence the minus.
  SELECT device_id, idiv(last_bin - bin, 1344) AS fortnight, idiv(bin, 8) AS slot,
    min((bin - idiv(bin, 8) * 8) * 17592186044416 - clock_ahead_ms + 8796093022208) AS code
  FROM rollup.device_grid CROSS JOIN edge WHERE clock_ahead_ms IS NOT NULL
  GROUP BY device_id, idiv(last_bin - bin, 1344), idiv(bin, 8)
),
sample AS (
  SELECT device_id, fortnight, slot * 8 + idiv(code, 17592186044416) AS bin,
    8796093022208 - (code - idiv(code, 17592186044416) * 17592186044416) AS ahead
  FROM packed
),
centre AS (
  -- Where all lines of a fortnight are read: the middle of what was seen.
  SELECT fortnight, (min(bin) + max(bin)) / 2.0 AS bin
  FROM sample GROUP BY fortnight
),
numbered AS (
  SELECT *, row_number() OVER line AS i, count(*) OVER whole AS n
  FROM sample
  WINDOW line AS (PARTITION BY device_id, fortnight ORDER BY bin),
    whole AS (PARTITION BY device_id, fortnight)
),
slope AS (
  SELECT a.device_id, a.fortnight,
    median(((b.ahead - a.ahead) - 900000 * round((b.ahead - a.ahead) / 900000))
      / ((b.bin - a.bin) * 0.9)) AS drift_ppm
  FROM numbered a
  JOIN numbered b ON b.device_id = a.device_id AND b.fortnight = a.fortnight AND b.i = a.i + a.n // 4
  WHERE a.n >= 24
  GROUP BY a.device_id, a.fortnight
),
levelled AS (
  SELECT s.device_id, s.fortnight, s.bin, l.drift_ppm,
    s.ahead - l.drift_ppm * (s.bin - c.bin) * 0.9 AS left_ms
  FROM sample s JOIN slope l USING (device_id, fortnight) JOIN centre c USING (fortnight)
),
middle AS (
  SELECT device_id, fortnight, drift_ppm, count(*) AS samples, min(bin) AS first_bin, max(bin) AS last_bin,
    median(left_ms) AS middle_ms
  FROM levelled GROUP BY device_id, fortnight, drift_ppm
),
folded AS (
  SELECT m.*, l.left_ms - m.middle_ms - 900000 * round((l.left_ms - m.middle_ms) / 900000) AS rest_ms
  FROM middle m JOIN levelled l USING (device_id, fortnight)
),
line AS (
  SELECT device_id, fortnight, drift_ppm, samples, first_bin, last_bin,
    middle_ms + median(rest_ms) AS offset_ms,
    -- Middle half of the distances from the line, as a standard deviation of a normal law.
    (quantile_cont(rest_ms, 0.75) - quantile_cont(rest_ms, 0.25)) / 1.349 AS spread_ms
  FROM folded GROUP BY device_id, fortnight, drift_ppm, samples, first_bin, last_bin, middle_ms
)
SELECT device_id, fortnight, samples, drift_ppm, offset_ms - 900000 * round(offset_ms / 900000) AS offset_ms,
  spread_ms,
  -- Standard error of a fitted slope, twice over for the median of pairs.
  2 * spread_ms / sqrt(samples) / ((last_bin - first_bin) * 0.9 / sqrt(12)) AS drift_error_ppm,
  first_bin * 900000 AS first_at, (last_bin + 1) * 900000 AS last_at
FROM line WHERE last_bin - first_bin >= 192
