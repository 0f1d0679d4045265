-- What identifies the cards of inventories, in one spelling: one row per row of `raw.gpus`. NULL where there
-- is none or a placeholder. `instance`: of a MIG card; `virtual`: a vGPU or its host; `many_chips`: a board
-- with several chips under one serial (A16 and M10 have four, GB200 and GB300 trays share one), or nothing
-- known.
SELECT g.device_id, d.account_id, d.registered_at, g.gpu_index, g.seen_at,
  coalesce(g.seen_at, d.registered_at) AS told_at, g.gpu_uuid AS printed, uuid_canonical(g.gpu_uuid) AS uuid,
  serial_canonical(g.serial) AS serial, g.pci_bus_id, g.mig_profile,
  g.mig_profile IS NOT NULL OR starts_with(upper(coalesce(g.gpu_uuid, '')), 'MIG-') AS instance,
  upper(trim(coalesce(g.virtualization_mode, ''))) IN ('VGPU', 'HOST VGPU') AS virtual,
  coalesce(regexp_matches(g.name || ' ' || d.gpu_model, '(A16|M10|M60|K80|GRID K|GB[23]00)'),
    TRUE) AS many_chips
FROM raw.gpus g JOIN raw.devices d USING (device_id)
