-- Clocks in boxes of drift by offset, at four sizes, each laid four ways so that no edge splits a group: one
-- row per clock and box. Disciplined clocks (`free` is false) are counted as neighbours and never judged.
SELECT c.device_id, c.fortnight, c.drift_ppm, c.offset_ms, abs(c.drift_ppm) >= $free_ppm AS free, s.ppm, s.ms,
  x.shift AS sx, y.shift AS sy, CAST(floor(c.drift_ppm / s.ppm + x.shift) AS BIGINT) AS i,
  CAST(floor(c.offset_ms / s.ms + y.shift) AS BIGINT) AS j
FROM features.clock_line c
CROSS JOIN (
  SELECT $finest_ppm * times AS ppm, CAST($finest_ms AS DOUBLE) * times AS ms
  FROM (VALUES (1), ($wider), ($wide), ($widest)) t(times)
) s
CROSS JOIN (VALUES (0.0), (0.5)) x(shift)
CROSS JOIN (VALUES (0.0), (0.5)) y(shift)
-- A line that is not sure of its box is not put into one.
WHERE abs(c.drift_ppm) <= $wildest_ppm AND c.drift_error_ppm <= s.ppm / $sure AND c.spread_ms <= s.ms
