-- Clocks that agree in drift and offset closer than chance: one row per device and fortnight in such a group.
-- What a box's neighbourhood holds gives the rate: the fullest of its row, its column, its region and the
-- second fullest of the boxes that touch it (a group may spill into one). So a crowded corner convicts
-- nobody, nor does a ridge of clocks set on one day.
WITH box AS (
  SELECT fortnight, ppm, ms, sx, sy, i, j, count(*) FILTER (WHERE free) AS k, count(*) AS n
  FROM own.clock_box GROUP BY ALL
),
candidate AS (
  SELECT *, sum(k) OVER layout AS clocks,
    (sum(n) OVER (layout_j ORDER BY i RANGE BETWEEN $reach PRECEDING AND $reach FOLLOWING) - k)
      / (2 * $reach) AS row_rate,
    (sum(n) OVER (layout_i ORDER BY j RANGE BETWEEN $reach PRECEDING AND $reach FOLLOWING) - k)
      / (2 * $reach) AS column_rate,
    (sum(k) OVER (PARTITION BY fortnight, ppm, sx, sy, i // (2 * $reach), j // (2 * $reach)) - k)
      / $region AS region_rate
  FROM box
  WINDOW layout AS (PARTITION BY fortnight, ppm, sx, sy),
    layout_j AS (PARTITION BY fortnight, ppm, sx, sy, j), layout_i AS (PARTITION BY fortnight, ppm, sx, sy, i)
  QUALIFY k >= $least_machines
),
ring AS (
  SELECT r.fortnight, r.ppm, r.sx, r.sy, r.i, r.j,
    coalesce(list_reverse_sort(list(b.n ORDER BY b.n) FILTER (WHERE NOT (b.i = r.i AND b.j = r.j)))[2],
      0) AS ring_rate
  FROM (SELECT *, unnest(range(i - 1, i + 2)) AS near FROM candidate) r
  JOIN box b
    ON b.fortnight = r.fortnight AND b.ppm = r.ppm AND b.sx = r.sx AND b.sy = r.sy AND b.i = r.near
      AND b.j BETWEEN r.j - 1 AND r.j + 1
  GROUP BY r.fortnight, r.ppm, r.sx, r.sy, r.i, r.j
),
odd AS (
  -- At least one clock to the boxes of a region, even where none other was seen.
  SELECT *, greatest(row_rate, column_rate, region_rate, ring_rate, 1.0 / $region) AS rate,
    scan_nats(clocks, k, rate / clocks) - ln($layouts) AS nats
  FROM candidate JOIN ring USING (fortnight, ppm, sx, sy, i, j)
),
grouped AS (
  SELECT *, concat_ws('/', fortnight, ppm, sx, sy, i, j) AS box, median(drift_ppm) OVER g AS mid_ppm,
    median(offset_ms) OVER g AS mid_ms, count(*) OVER g AS members
  FROM (
    SELECT p.*, o.clocks, o.rate, o.nats
    FROM own.clock_box p JOIN odd o USING (fortnight, ppm, ms, sx, sy, i, j)
    WHERE o.nats >= $least_nats AND p.free
    QUALIFY row_number() OVER (PARTITION BY p.device_id, p.fortnight
      ORDER BY o.nats DESC, o.k DESC, p.ppm, p.sx, p.sy, p.i, p.j)
      = 1
  )
  WINDOW g AS (PARTITION BY fortnight, ppm, sx, sy, i, j)
),
near AS (
  -- A group stands apart: twice its box each way holds few more. A crowd, or a ridge, goes on.
  SELECT h.box, count(*) AS n
  FROM (SELECT DISTINCT box, fortnight, ppm, ms, mid_ppm, mid_ms, unnest([-1, 0, 1]) AS step FROM grouped) h
  JOIN own.clock_box p
    ON p.sx = 0 AND p.sy = 0 AND p.fortnight = h.fortnight AND p.ppm = h.ppm
      AND p.i = floor(h.mid_ppm / h.ppm) + h.step AND abs(p.drift_ppm - h.mid_ppm) <= h.ppm
      AND abs(p.offset_ms - h.mid_ms) <= h.ms
  GROUP BY h.box
),
distant AS (
  SELECT g.*, abs(drift_ppm - mid_ppm) AS off_ppm, abs(offset_ms - mid_ms) AS off_ms
  FROM grouped g JOIN near n USING (box) WHERE n.n <= $apart * g.members + 1
)
-- A stranger in a corner of the box, far from where the group lies, is let go.
SELECT device_id, fortnight, drift_ppm, offset_ms, ppm, ms, box, CAST(clocks AS BIGINT) AS clocks, rate, nats
FROM distant
WINDOW g AS (PARTITION BY box)
QUALIFY off_ppm <= greatest($far * median(off_ppm) OVER g, ppm * $corner)
  AND off_ms <= greatest($far * median(off_ms) OVER g, ms * $corner)
