-- A slice is not a card. A machine that claims a whole card while it reports a MIG instance, a vGPU, or exactly the memory of
-- one of that card's slices sells a part as the whole. Slices that are claimed as slices, passthrough and vGPU hosts are
-- honest, and so are an instance that spans the whole card and the instances that a whole card lists beside itself.
WITH reported AS (
  SELECT g.device_id, g.gpu_index, g.gpu_uuid, g.name, g.mig_profile, g.virtualization_mode, g.vbios_version, g.pci_device_id, g.pci_subsystem_id, c.pci_device_ids,
    g.mig_profile IS NOT NULL OR starts_with(coalesce(g.gpu_uuid, ''), 'MIG-') AS instance, c.gpu_count,
    coalesce(g.seen_at, c.registered_at) AS seen, c.gpu_model, c.members, c.memory_min_mib,
    CASE WHEN g.memory_total_mib BETWEEN 128 AND 10000000 THEN g.memory_total_mib END AS memory
  FROM (SELECT g.*, coalesce(g.seen_at, d.registered_at, 0) AS told_at FROM raw.gpus g JOIN raw.devices d ON d.device_id = g.device_id) g
  ASOF JOIN features.card_claim c ON c.device_id = g.device_id AND c.gpu_index = g.gpu_index AND g.told_at >= c.from_at
  WHERE c.gpu_model IS NOT NULL AND c.vendor = 'nvidia' AND NOT c.declared_slice
), parent AS (
  SELECT device_id, seen FROM reported WHERE NOT instance AND memory >= memory_min_mib * 0.9 AND upper(coalesce(virtualization_mode, '')) <> 'VGPU'
  GROUP BY device_id, seen, gpu_count HAVING count(DISTINCT gpu_index) >= greatest(gpu_count, 1)
), card AS (
  SELECT r.* FROM reported r LEFT JOIN parent p ON p.device_id = r.device_id AND p.seen = r.seen WHERE NOT r.instance OR p.device_id IS NULL
), slice AS (
  SELECT gpu_model, slice_kind, slice_profile, memory_min_mib, memory_max_mib FROM features.gpu_kind WHERE slice_profile IS NOT NULL
), named AS (
  SELECT n.name FROM (SELECT DISTINCT name FROM card) n
  JOIN features.gpu_class k ON k.spelled = gpu_spelling(n.name) AND k.slice_kind = 'vgpu'
), sign AS (
  SELECT device_id, gpu_index, seen, 'mig' AS level, coalesce(mig_profile, gpu_uuid) AS reported FROM card
  WHERE (starts_with(coalesce(gpu_uuid, ''), 'MIG-') OR regexp_matches(lower(coalesce(mig_profile, '')), '^[0-9]+(c\.[0-9]+)?g\.'))
    AND coalesce(memory < memory_min_mib * 0.9, NOT regexp_matches(coalesce(mig_profile, ''), '^7g'))
  UNION ALL
  SELECT device_id, gpu_index, seen, 'vgpu', coalesce(name, '') || ' ' || coalesce(virtualization_mode, '') FROM card
  WHERE (upper(trim(virtualization_mode)) = 'VGPU'
      OR name IN (SELECT name FROM named))
    AND coalesce(memory < memory_min_mib * 0.9, TRUE)
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'slice-memory', s.slice_profile || ' ' || c.memory FROM card c JOIN slice s ON list_contains(c.members, s.gpu_model)
  WHERE c.memory < c.memory_min_mib * 0.9 AND s.slice_kind = 'mig'
    AND c.memory BETWEEN s.memory_min_mib * 0.985 AND s.memory_max_mib
  UNION ALL
  SELECT device_id, gpu_index, seen, 'vgpu-signs', vbios_version FROM card
  WHERE regexp_full_match(vbios_version, '0+(\.0+)+') AND upper(coalesce(virtualization_mode, '')) <> 'VGPU'
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'vgpu-signs', v.name FROM card c
  JOIN reference.vgpu_subsystems v ON v.pci_device_id = c.pci_device_id AND v.pci_subsystem_id = c.pci_subsystem_id
  -- With the whole memory and an id of the claimed model it is that board, whatever its maker wrote as subsystem.
  WHERE c.memory < c.memory_min_mib * 0.9 OR NOT list_contains(string_split(c.pci_device_ids, '|'), c.pci_device_id)
), ranked AS (
  SELECT *, min(seen) OVER d AS first_at, max(seen) OVER d AS last_at,
    row_number() OVER (PARTITION BY device_id ORDER BY list_position(['mig', 'vgpu', 'slice-memory', 'vgpu-signs'], level), gpu_index, seen, reported) AS k
  FROM sign WINDOW d AS (PARTITION BY device_id)
)
SELECT r.device_id AS subject_id, r.level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT count(DISTINCT device_id) FROM card) AS tested,
  json_object('claimed', c.gpu_model, 'reported', r.reported, 'memory_mib', c.memory, 'whole_mib', c.memory_min_mib)::VARCHAR AS facts,
  r.first_at, r.last_at
FROM ranked r JOIN card c ON c.device_id = r.device_id AND c.gpu_index = r.gpu_index AND c.seen = r.seen
WHERE r.k = 1
