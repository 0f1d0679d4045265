-- Machines whose free-running clocks agree closer than chance: one row per device and fortnight that is in such a group.
-- Clocks are counted in boxes of drift by offset, at four sizes, each laid four ways, so that no edge splits a group. What a box's
-- neighbourhood holds gives the rate under the null that every machine has a crystal of its own: the fullest of its row, its column, its
-- region and the second fullest of the boxes that touch it (a group may spill into one). So a crowded corner convicts nobody, nor
-- does a ridge, as clocks make that were all set on one day and ran apart since. Scan bound over clocks, boxes and layouts. Clocks in
-- no such box are compared by drift alone (`kind` rate): an offset is set in a second, a rate is not.
WITH clock AS (
  -- 0.1 ppm is 60 ms a week: disciplined clocks do not go that far, crystals are off by 1 to 100 ppm. Disciplined ones are
  -- counted as neighbours and never judged.
  SELECT *, abs(drift_ppm) >= 0.1 AS free FROM features.clock_line WHERE abs(drift_ppm) <= 1000
), placed AS (
  SELECT c.device_id, c.fortnight, c.drift_ppm, c.offset_ms, c.free, s.ppm, s.ms, x.shift AS sx, y.shift AS sy,
    CAST(floor(c.drift_ppm / s.ppm + x.shift) AS BIGINT) AS i, CAST(floor(c.offset_ms / s.ms + y.shift) AS BIGINT) AS j
  FROM clock c CROSS JOIN (VALUES (0.02, 20.0), (0.06, 60.0), (0.2, 200.0), (0.6, 600.0)) s(ppm, ms)
  CROSS JOIN (VALUES (0.0), (0.5)) x(shift) CROSS JOIN (VALUES (0.0), (0.5)) y(shift)
  -- A line less sure than a third of the box is not put into one.
  WHERE c.drift_error_ppm <= s.ppm / 3 AND c.spread_ms <= s.ms
), box AS (
  SELECT fortnight, ppm, ms, sx, sy, i, j, count(*) FILTER (WHERE free) AS k, count(*) AS n FROM placed GROUP BY fortnight, ppm, ms, sx, sy, i, j
), around AS (
  SELECT *, sum(k) OVER layout AS clocks,
    (sum(n) OVER (PARTITION BY fortnight, ppm, sx, sy, j ORDER BY i RANGE BETWEEN 8 PRECEDING AND 8 FOLLOWING) - k) / 16 AS row_rate,
    (sum(n) OVER (PARTITION BY fortnight, ppm, sx, sy, i ORDER BY j RANGE BETWEEN 8 PRECEDING AND 8 FOLLOWING) - k) / 16 AS column_rate,
    (sum(k) OVER (PARTITION BY fortnight, ppm, sx, sy, i // 16, j // 16) - k) / 256 AS region_rate
  FROM box WINDOW layout AS (PARTITION BY fortnight, ppm, sx, sy)
), candidate AS (SELECT * FROM around WHERE k >= 3),
ring AS (
  SELECT r.fortnight, r.ppm, r.sx, r.sy, r.i, r.j, coalesce(list_reverse_sort(list(b.n ORDER BY b.n) FILTER (WHERE NOT (b.i = r.i AND b.j = r.j)))[2], 0) AS ring_rate
  FROM (SELECT *, unnest(range(i - 1, i + 2)) AS near FROM candidate) r
  JOIN box b ON b.fortnight = r.fortnight AND b.ppm = r.ppm AND b.sx = r.sx AND b.sy = r.sy AND b.i = r.near AND b.j BETWEEN r.j - 1 AND r.j + 1
  GROUP BY r.fortnight, r.ppm, r.sx, r.sy, r.i, r.j
), rated AS (
  -- At least one clock to the 256 boxes of a region, even where none other was seen.
  SELECT c.*, greatest(row_rate, column_rate, region_rate, ring_rate, 1.0 / 256) AS rate
  FROM candidate c JOIN ring USING (fortnight, ppm, sx, sy, i, j)
), odd AS (
  -- Sixteen layouts are searched.
  SELECT *, scan_nats(clocks, k, rate / clocks) - ln(16) AS nats FROM rated
), chosen AS (
  SELECT p.*, o.clocks, o.rate, o.nats, row_number() OVER (PARTITION BY p.device_id, p.fortnight
    ORDER BY o.nats DESC, o.k DESC, p.ppm, p.sx, p.sy, p.i, p.j) AS best
  FROM placed p JOIN odd o USING (fortnight, ppm, ms, sx, sy, i, j) WHERE o.nats >= 7 AND p.free
), grouped AS (
  SELECT *, concat_ws('/', fortnight, ppm, sx, sy, i, j) AS box, median(drift_ppm) OVER g AS mid_ppm, median(offset_ms) OVER g AS mid_ms, count(*) OVER g AS members
  FROM chosen WHERE best = 1 WINDOW g AS (PARTITION BY fortnight, ppm, sx, sy, i, j)
), near AS (
  -- A group stands apart: twice its box each way holds few more. A crowd, or a ridge, goes on.
  SELECT h.box, count(*) AS n
  FROM (SELECT DISTINCT box, fortnight, ppm, ms, mid_ppm, mid_ms, unnest([-1, 0, 1]) AS step FROM grouped) h
  JOIN placed p ON p.sx = 0 AND p.sy = 0 AND p.fortnight = h.fortnight AND p.ppm = h.ppm AND p.i = floor(h.mid_ppm / h.ppm) + h.step
    AND abs(p.drift_ppm - h.mid_ppm) <= h.ppm AND abs(p.offset_ms - h.mid_ms) <= h.ms
  GROUP BY h.box
), distant AS (
  SELECT g.*, abs(drift_ppm - mid_ppm) AS off_ppm, abs(offset_ms - mid_ms) AS off_ms
  FROM grouped g JOIN near n ON n.box = g.box WHERE n.n <= 1.25 * g.members + 1
), line AS (
  -- A stranger in a corner of the box, far from where the group lies, is let go.
  SELECT * FROM distant WINDOW g AS (PARTITION BY box)
  QUALIFY off_ppm <= greatest(5 * median(off_ppm) OVER g, ppm / 4) AND off_ms <= greatest(5 * median(off_ms) OVER g, ms / 4)
), alone AS (
  SELECT c.device_id, c.fortnight, c.drift_ppm, c.offset_ms, c.free, x.shift AS sx, CAST(floor(c.drift_ppm / 0.2 + x.shift) AS BIGINT) AS i
  FROM clock c CROSS JOIN (VALUES (0.0), (0.5)) x(shift)
  WHERE c.drift_error_ppm <= 0.2 / 3 AND NOT EXISTS (SELECT 1 FROM line h WHERE h.device_id = c.device_id AND h.fortnight = c.fortnight)
), bar AS (SELECT fortnight, sx, i, count(*) FILTER (WHERE free) AS k, count(*) AS n FROM alone GROUP BY fortnight, sx, i),
bar_around AS (
  SELECT *, sum(k) OVER (PARTITION BY fortnight, sx) AS clocks,
    greatest((sum(n) OVER (strip RANGE BETWEEN 8 PRECEDING AND 8 FOLLOWING) - k) / 16,
      coalesce(lag(n) OVER strip, 0), coalesce(lead(n) OVER strip, 0), 1.0 / 16) AS rate
  FROM bar WINDOW strip AS (PARTITION BY fortnight, sx ORDER BY i)
), alike AS (
  SELECT a.*, b.k, b.clocks, b.rate, b.nats, row_number() OVER (PARTITION BY a.device_id, a.fortnight ORDER BY b.nats DESC, b.k DESC, a.sx, a.i) AS best
  FROM alone a JOIN (SELECT *, scan_nats(clocks, k, rate / clocks) - ln(2) AS nats FROM bar_around WHERE k >= 3) b USING (fortnight, sx, i)
  WHERE b.nats >= 7 AND a.free
)
SELECT 'line' AS kind, device_id, fortnight, drift_ppm, offset_ms, ppm, ms, box, CAST(clocks AS BIGINT) AS clocks, rate, nats FROM line
UNION ALL
SELECT 'rate', device_id, fortnight, drift_ppm, offset_ms, 0.2, NULL, concat_ws('/', fortnight, 'rate', sx, i), CAST(clocks AS BIGINT), rate, nats
FROM alike WHERE best = 1
