-- What inventories show, card by card: one row per row of `raw.gpus` with what the card claimed to be then.
-- `told_at`: when, 0 where nobody knows; `memory`: MiB, NULL beyond any card; `short`: under nine tenths of
-- the least that the claimed model has (ECC and reserves of drivers take less); `instance`: of a MIG card;
-- `whole`: neither.
WITH told AS (
  SELECT g.*, coalesce(g.seen_at, d.registered_at, 0) AS told_at,
    g.mig_profile IS NOT NULL OR starts_with(coalesce(g.gpu_uuid, ''), 'MIG-') AS instance,
    CASE WHEN g.memory_total_mib BETWEEN 128 AND 10000000 THEN g.memory_total_mib END AS memory
  FROM raw.gpus g JOIN raw.devices d ON d.device_id = g.device_id
)
SELECT t.*, coalesce(t.seen_at, c.registered_at) AS seen, t.memory < c.memory_min_mib * 0.9 AS short,
  NOT t.instance AND coalesce(t.memory >= c.memory_min_mib * 0.9, FALSE) AS whole,
  c.* EXCLUDE (device_id, gpu_index)
FROM told t
ASOF JOIN features.card_claim c
  ON c.device_id = t.device_id AND c.gpu_index = t.gpu_index AND t.told_at >= c.from_at
