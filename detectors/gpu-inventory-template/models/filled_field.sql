-- Which fields of its inventory a machine fills: one row per machine and field. `template`: one that a fake
-- nvidia-smi answers. Machines of NVIDIA cards whose client tells its version; declared slices print other
-- fields.
WITH filled AS (
  SELECT d.device_id, d.account_id, d.agent_version, c.gpu_model, coalesce(d.os, '') AS os,
    min(coalesce(g.seen_at, d.registered_at)) AS first_at,
    max(coalesce(g.seen_at, d.registered_at)) AS last_at,
    [count(g.gpu_uuid), count(g.name), count(g.memory_total_mib), count(g.pci_bus_id), count(g.pci_device_id),
      count(g.serial), count(g.gpu_part_number), count(g.pci_subsystem_id), count(g.vbios_version),
      count(g.virtualization_mode)] AS n
  FROM raw.gpus g JOIN raw.devices d USING (device_id) JOIN features.device_claim c USING (device_id)
  WHERE c.vendor = 'nvidia' AND NOT c.declared_slice AND d.agent_version IS NOT NULL
  GROUP BY d.device_id, d.account_id, d.agent_version, c.gpu_model, d.os
),
field AS (
  SELECT * EXCLUDE (n), unnest(n) > 0 AS has,
    unnest(['gpu_uuid', 'name', 'memory_total_mib', 'pci_bus_id', 'pci_device_id', 'serial',
      'gpu_part_number', 'pci_subsystem_id', 'vbios_version', 'virtualization_mode']) AS field
  FROM filled
)
SELECT *, field IN ('gpu_uuid', 'name', 'memory_total_mib', 'pci_bus_id', 'pci_device_id') AS template
FROM field
