-- What a card's energy counter gained between neighbouring messages, beside the power at both ends, in every
-- third quarter of a day (all quarters of the day in turn): a counter that a driver integrates and one that a
-- program adds up differ where power steps.
-- `steps`: power changed by a tenth and a watt; the gain over the interval is the power after it times the
-- time (`steps_after`), or that before it (`steps_before`), within a fiftieth of the step. `jumps`: by three
-- tenths; the gain is the mean of both within a twentieth (`jumps_middle`). Intervals of 10 seconds to an
-- hour in which the counter neither fell nor gained more than 2 kW would give; the machine's own times where
-- they fit ours.
WITH message AS (
  SELECT device_id, coalesce(gpu_index, 0) AS gpu_index, day_of(received_at) AS day, received_at, sent_at,
    CAST(round(power_draw_w * 100) AS INTEGER) AS cw, total_energy_mj AS mj
  FROM loaded.heartbeats
  WHERE received_at >= $from_ms AND received_at < $to_ms AND received_at <= $snapshot
    AND idiv(received_at, 21600000) % 3 = 0 AND total_energy_mj BETWEEN 0 AND 4503599627370496
    AND power_draw_w BETWEEN 0 AND 2000
),
neighbour AS (
  SELECT device_id, gpu_index, day, cw, lag(cw) OVER series AS cw_before, mj - lag(mj) OVER series AS gain_mj,
    received_at - lag(received_at) OVER series AS gap_ms, sent_at - lag(sent_at) OVER series AS sent_gap_ms
  FROM message WINDOW series AS (PARTITION BY device_id, gpu_index, day ORDER BY received_at, mj, cw, sent_at)
),
interval AS (
  SELECT *,
    CASE WHEN abs(sent_gap_ms - gap_ms) <= 2000 + idiv(gap_ms, 50) THEN sent_gap_ms ELSE gap_ms END AS ms
  FROM neighbour WHERE gap_ms BETWEEN 10000 AND 3600000 AND gain_mj BETWEEN 0 AND 2000 * gap_ms
),
placed AS (
  -- 0: as if the power before had lasted; 1: as if that after had.
  SELECT *, abs(cw - cw_before) * 10 >= greatest(cw, cw_before) AND abs(cw - cw_before) >= 100 AS step,
    abs(cw - cw_before) * 10 >= 3 * greatest(cw, cw_before) AND abs(cw - cw_before) >= 300 AS jump,
    (100.0 * gain_mj / ms - cw_before) / nullif(cw - cw_before, 0) AS place
  FROM interval WHERE ms > 0
)
SELECT device_id, gpu_index, day, count(*) AS intervals, CAST(sum(gain_mj) AS BIGINT) AS gained_mj,
  CAST(sum(idiv((CAST(cw AS BIGINT) + cw_before) * ms, 200)) AS BIGINT) AS drawn_mj,
  count(*) FILTER (WHERE gain_mj = 0 AND cw + cw_before > 0) AS still, count(*) FILTER (WHERE step) AS steps,
  count(*) FILTER (WHERE step AND abs(place - 1) <= 0.02) AS steps_after,
  count(*) FILTER (WHERE step AND abs(place) <= 0.02) AS steps_before, count(*) FILTER (WHERE jump) AS jumps,
  count(*) FILTER (WHERE jump AND abs(place - 0.5) <= 0.05) AS jumps_middle
FROM placed GROUP BY device_id, gpu_index, day
