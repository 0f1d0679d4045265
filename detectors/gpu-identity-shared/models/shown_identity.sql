-- Identifiers that inventories show: one row per identifier, device and time. Slices of one card carry their
-- parent's uuid and serial, so of a slice only an uuid of its own counts.
SELECT uuid AS card, 'uuid' AS kind, device_id, told_at AS from_at
FROM features.card_identity WHERE uuid IS NOT NULL AND (mig_profile IS NULL OR starts_with(uuid, 'MIG-'))
UNION
SELECT serial, 'serial', device_id, told_at
FROM features.card_identity WHERE serial IS NOT NULL AND NOT instance AND NOT virtual
