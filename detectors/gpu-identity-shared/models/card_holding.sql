-- Cards that more than one device shows: one row per card, device and unbroken series of its inventories with
-- the card. `until_at`: the first inventory without it, NULL while it is there.
WITH step AS (
  SELECT device_id, from_at, row_number() OVER line AS step, lead(from_at) OVER line AS until_at
  FROM (SELECT DISTINCT device_id, told_at AS from_at FROM features.card_identity)
  WINDOW line AS (PARTITION BY device_id ORDER BY from_at)
),
board AS (
  SELECT serial, CASE WHEN bool_or(many_chips) THEN $chips_of_a_board ELSE 1 END AS chips,
    count(DISTINCT coalesce(CASE WHEN mig_profile IS NULL OR starts_with(uuid, 'MIG-') THEN uuid END,
      device_id || '/' || gpu_index)) AS chips_seen
  FROM features.card_identity WHERE serial IS NOT NULL AND NOT instance AND NOT virtual GROUP BY serial
),
shared AS (
  SELECT c.card, c.kind
  FROM own.shown_identity c LEFT JOIN board b ON c.kind = 'serial' AND b.serial = c.card
  GROUP BY c.card, c.kind
  HAVING count(DISTINCT c.device_id) > 1 AND (c.kind = 'uuid' OR max(b.chips_seen) > max(b.chips))
),
island AS (
  SELECT c.card, c.kind, c.device_id, t.from_at, t.until_at,
    t.step - row_number() OVER (PARTITION BY c.card, c.kind, c.device_id ORDER BY t.step) AS island
  FROM own.shown_identity c JOIN shared s USING (card, kind) JOIN step t USING (device_id, from_at)
)
SELECT card, kind, device_id, min(from_at) AS from_at,
  CASE WHEN bool_or(until_at IS NULL) THEN NULL ELSE max(until_at) END AS until_at
FROM island GROUP BY card, kind, device_id, island
