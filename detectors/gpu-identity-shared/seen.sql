-- Devices that report an identifier or a board serial and were online for an hour or more: fewer quarter hours show no overlap.
SELECT g.device_id AS subject_id FROM raw.gpus g JOIN rollup.device_day d ON d.device_id = g.device_id
WHERE uuid_canonical(g.gpu_uuid) IS NOT NULL OR serial_canonical(g.serial) IS NOT NULL
GROUP BY g.device_id, g.gpu_index, g.seen_at, d.gpu_index HAVING sum(d.bins) >= 4
