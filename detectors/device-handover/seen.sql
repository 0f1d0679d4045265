-- Owners of a machine with an id, or of a card with an identifier: what could have passed from hand to hand.
SELECT account_id AS subject_id FROM raw.devices WHERE length(trim(machine_id)) BETWEEN $id_least AND $id_most
UNION
SELECT d.account_id
FROM raw.gpus g JOIN raw.devices d ON d.device_id = g.device_id WHERE uuid_canonical(g.gpu_uuid) IS NOT NULL
