-- Machines whose free-running clocks agree closer than chance, in drift and offset (`kind` line), or else in
-- drift alone (`rate`: an offset is set in a second, a rate is not): one row per device and fortnight that is
-- in such a group.
WITH alone AS (
  SELECT c.*, abs(c.drift_ppm) >= $free_ppm AS free, x.shift AS sx,
    CAST(floor(c.drift_ppm / $rate_ppm + x.shift) AS BIGINT) AS i
  FROM features.clock_line c
  ANTI JOIN own.clock_crowd h USING (device_id, fortnight)
  CROSS JOIN (VALUES (0.0), (0.5)) x(shift)
  WHERE abs(c.drift_ppm) <= $wildest_ppm AND c.drift_error_ppm <= $rate_ppm / $sure
),
bar AS (SELECT fortnight, sx, i, count(*) FILTER (WHERE free) AS k, count(*) AS n FROM alone GROUP BY ALL),
around AS (
  SELECT *, sum(k) OVER (PARTITION BY fortnight, sx) AS clocks,
    greatest((sum(n) OVER (strip RANGE BETWEEN $reach PRECEDING AND $reach FOLLOWING) - k) / (2 * $reach),
      coalesce(lag(n) OVER strip, 0), coalesce(lead(n) OVER strip, 0), 1.0 / (2 * $reach)) AS rate
  FROM bar WINDOW strip AS (PARTITION BY fortnight, sx ORDER BY i)
),
odd AS (SELECT *, scan_nats(clocks, k, rate / clocks) - ln(2) AS nats FROM around WHERE k >= $least_machines)
SELECT 'line' AS kind, * FROM own.clock_crowd
UNION ALL
SELECT 'rate', a.device_id, a.fortnight, a.drift_ppm, a.offset_ms, $rate_ppm, NULL,
  concat_ws('/', a.fortnight, 'rate', a.sx, a.i), CAST(b.clocks AS BIGINT), b.rate, b.nats
FROM alone a JOIN odd b USING (fortnight, sx, i) WHERE b.nats >= $least_nats AND a.free
QUALIFY row_number() OVER (PARTITION BY a.device_id, a.fortnight ORDER BY b.nats DESC, b.k DESC, a.sx, a.i)
  = 1
