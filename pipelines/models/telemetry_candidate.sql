-- Cards of two machines, or one card at two times six hours apart or more, whose power steps follow the same
-- rhythm: locality-sensitive hashing of event series. Six steps in a row, by direction and distance, make one
-- key (content-defined, so a copy keeps its keys at any shift); cards that share two keys or more at one
-- shift are worth an exact comparison. Within a key each card meets the next eight only, and keeps its four
-- best partners, so the work grows with the cards and never with their pairs. `lag_bins` quarter hours: the
-- first card shows what the second showed that much earlier; at 0 the smaller id stands first.
WITH ahead AS (
  SELECT device_id, gpu_index, bin, up, lead(bin, 1) OVER card - bin AS g1,
    lead(bin, 2) OVER card - lead(bin, 1) OVER card AS g2,
    lead(bin, 3) OVER card - lead(bin, 2) OVER card AS g3,
    lead(bin, 4) OVER card - lead(bin, 3) OVER card AS g4,
    lead(bin, 5) OVER card - lead(bin, 4) OVER card AS g5,
    CAST(up AS BIGINT) + 2 * CAST(lead(up, 1) OVER card AS BIGINT) + 4 * CAST(lead(up, 2) OVER card AS BIGINT)
      + 8 * CAST(lead(up, 3) OVER card AS BIGINT) + 16 * CAST(lead(up, 4) OVER card AS BIGINT)
      + 32 * CAST(lead(up, 5) OVER card AS BIGINT) AS ups
  FROM features.telemetry_event WINDOW card AS (PARTITION BY device_id, gpu_index ORDER BY bin)
),
shingle AS (
  -- Gaps of 64 and more quarter hours (16 hours) are silence, not rhythm.
  SELECT device_id, gpu_index, bin, ups + 64 * (g1 + 64 * (g2 + 64 * (g3 + 64 * (g4 + 64 * g5)))) AS key
  FROM ahead WHERE greatest(g1, g2, g3, g4, g5) < 64 AND g5 IS NOT NULL
),
placed AS (
  SELECT *, row_number() OVER (PARTITION BY key ORDER BY bin, device_id, gpu_index) AS place FROM shingle
),
meeting AS (
  SELECT b.device_id, b.gpu_index, a.device_id AS other_id, a.gpu_index AS other_index,
    b.bin - a.bin AS lag_bins
  FROM placed a JOIN placed b ON b.key = a.key AND b.place > a.place AND b.place <= a.place + 8
  WHERE a.device_id <> b.device_id OR (a.gpu_index = b.gpu_index AND b.bin - a.bin >= 24)
),
pair AS (
  SELECT CASE WHEN lag_bins = 0 THEN least(device_id, other_id) ELSE device_id END AS device_id,
    CASE WHEN lag_bins = 0 AND other_id < device_id THEN other_index ELSE gpu_index END AS gpu_index,
    CASE WHEN lag_bins = 0 THEN greatest(device_id, other_id) ELSE other_id END AS other_id,
    CASE WHEN lag_bins = 0 AND other_id < device_id THEN gpu_index ELSE other_index END AS other_index,
    lag_bins, count(*) AS votes
  FROM meeting GROUP BY ALL HAVING count(*) >= 2
),
ranked AS (
  SELECT *,
    row_number() OVER (PARTITION BY device_id, gpu_index, lag_bins = 0
      ORDER BY votes DESC, other_id, other_index, lag_bins) AS rank_here,
    row_number() OVER (PARTITION BY other_id, other_index, lag_bins = 0
      ORDER BY votes DESC, device_id, gpu_index, lag_bins) AS rank_there
  FROM pair
),
looped AS (
  -- A card beside its own past one, two and three days before: a loop of a day under noise may keep no six
  -- steps in a row.
  SELECT device_id, gpu_index, unnest([96, 192, 288]) AS lag_bins
  FROM features.telemetry_event GROUP BY device_id, gpu_index HAVING count(*) >= 40
)
SELECT device_id, gpu_index, other_id, other_index, lag_bins, max(votes) AS votes
FROM (
  SELECT device_id, gpu_index, other_id, other_index, lag_bins, votes
  FROM ranked WHERE rank_here <= 4 OR rank_there <= 4
  UNION ALL SELECT device_id, gpu_index, device_id, gpu_index, lag_bins, 0 FROM looped
)
GROUP BY device_id, gpu_index, other_id, other_index, lag_bins
