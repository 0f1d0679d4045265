-- Devices that could have shown a change: inventoried or started twice or more with a card whose identifier
-- is known, or taking turns with another at one card.
SELECT g.device_id AS subject_id
FROM features.card_identity g LEFT JOIN rollup.device_restart r USING (device_id) WHERE g.uuid IS NOT NULL
GROUP BY g.device_id HAVING count(DISTINCT g.seen_at) > 1 OR count(DISTINCT r.started_at) > 1
UNION ALL SELECT unnest([from_device, to_device]) FROM features.card_turn WHERE kind = 'card'
