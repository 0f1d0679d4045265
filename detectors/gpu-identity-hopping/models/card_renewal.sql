-- How a machine's cards changed between its inventories: one row per device and inventory after its first.
-- `renewed`: at least half of the old identifiers gone and at least half of the new ones never seen anywhere
-- before, more than one card of several.
WITH slot AS (
  -- Identifiers of slices and virtual cards are made by the hypervisor.
  SELECT i.*
  FROM features.card_identity i JOIN features.device_claim c USING (device_id)
  WHERE i.seen_at IS NOT NULL AND i.uuid IS NOT NULL AND NOT (i.instance OR i.virtual OR c.declared_slice)
),
inventory AS (
  SELECT device_id, seen_at, row_number() OVER (PARTITION BY device_id ORDER BY seen_at) AS step,
    count(DISTINCT uuid) AS cards, string_agg(DISTINCT pci_bus_id, ' ' ORDER BY pci_bus_id) AS buses
  FROM slot GROUP BY device_id, seen_at
),
card AS (
  SELECT DISTINCT s.device_id, i.step, s.uuid, s.seen_at = min(s.seen_at) OVER (PARTITION BY s.uuid) AS fresh
  FROM slot s JOIN inventory i USING (device_id, seen_at)
),
compared AS (
  SELECT n.device_id, n.step, count(*) AS cards, count(p.uuid) AS kept,
    count(*) FILTER (WHERE n.fresh AND p.uuid IS NULL) AS fresh
  FROM card n LEFT JOIN card p ON p.device_id = n.device_id AND p.step = n.step - 1 AND p.uuid = n.uuid
  WHERE n.step > 1
  GROUP BY n.device_id, n.step
),
board AS (
  -- The identifier changed and the serial on the board did not.
  SELECT DISTINCT n.device_id, i.step
  FROM slot n
  JOIN inventory i USING (device_id, seen_at)
  JOIN inventory b ON b.device_id = n.device_id AND b.step = i.step - 1
  JOIN slot p
    ON p.device_id = n.device_id AND p.seen_at = b.seen_at AND p.serial = n.serial AND p.uuid <> n.uuid
  WHERE NOT n.many_chips
    AND NOT EXISTS (
      SELECT 1 FROM card q WHERE q.device_id = n.device_id AND q.step = b.step AND q.uuid = n.uuid
    )
),
started AS (
  SELECT DISTINCT i.device_id, i.step
  FROM inventory i
  JOIN rollup.device_restart r
    ON r.device_id = i.device_id
      AND i.seen_at BETWEEN r.started_at - minute_ms() AND r.started_max + $start_minutes * minute_ms()
)
SELECT i.device_id, i.seen_at, c.cards, c.kept, c.fresh, i.buses IS DISTINCT FROM p.buses AS other_bus,
  b.step IS NOT NULL AS same_board, s.step IS NOT NULL AS at_start,
  2 * (p.cards - c.kept) >= p.cards AND 2 * c.fresh >= c.cards AND (c.kept = 0 OR c.fresh >= 2) AS renewed
FROM compared c
JOIN inventory i USING (device_id, step)
JOIN inventory p ON p.device_id = c.device_id AND p.step = c.step - 1
LEFT JOIN board b USING (device_id, step)
LEFT JOIN started s USING (device_id, step)
