-- Devices that could have shown a change: inventoried twice or more, or started twice or more with a card whose identifier is known.
SELECT g.device_id AS subject_id FROM raw.gpus g LEFT JOIN rollup.device_restart r ON r.device_id = g.device_id
WHERE uuid_canonical(g.gpu_uuid) IS NOT NULL
GROUP BY g.device_id HAVING count(DISTINCT g.seen_at) > 1 OR count(DISTINCT r.started_at) > 1
