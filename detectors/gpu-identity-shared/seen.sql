-- Devices that report an identifier or a board serial and were online for an hour or more: less shows no
-- overlap.
SELECT g.device_id AS subject_id
FROM features.card_identity g JOIN rollup.device_day d USING (device_id)
WHERE g.uuid IS NOT NULL OR g.serial IS NOT NULL
GROUP BY g.device_id, g.gpu_index, g.seen_at, d.gpu_index HAVING sum(d.bins) >= $least_quarters
