-- Devices whose card has a uuid that is no placeholder and no slice.
SELECT DISTINCT i.device_id AS subject_id
FROM features.card_identity i JOIN features.device_claim c USING (device_id)
WHERE starts_with(i.uuid, 'GPU-') AND NOT c.declared_slice
