-- A slice is not a card. A machine that claims a whole card while it reports a MIG instance, a vGPU, or
-- exactly the memory of one of that card's slices sells a part as the whole.
WITH card AS (
  -- A whole card in MIG mode lists its instances beside itself.
  SELECT *, upper(coalesce(virtualization_mode, '')) AS mode
  FROM features.shown_card WHERE gpu_model IS NOT NULL AND vendor = 'nvidia' AND NOT declared_slice
  QUALIFY NOT instance
    OR seen IS NULL
    OR count(DISTINCT gpu_index) FILTER (WHERE whole AND mode <> 'VGPU') OVER (PARTITION BY device_id, seen)
      < greatest(gpu_count, 1)
),
vgpu_name AS (
  SELECT n.name
  FROM (SELECT DISTINCT name FROM card) n
  JOIN features.gpu_class k ON k.spelled = gpu_spelling(n.name) AND k.slice_kind = 'vgpu'
),
sign AS (
  SELECT *, 'mig' AS level, coalesce(mig_profile, gpu_uuid) AS reported
  FROM card
  WHERE (starts_with(coalesce(gpu_uuid, ''), 'MIG-')
    OR regexp_matches(lower(coalesce(mig_profile, '')), '^[0-9]+(c\.[0-9]+)?g\.'))
    AND coalesce(short, NOT regexp_matches(coalesce(mig_profile, ''), '^7g'))
  UNION ALL
  SELECT *, 'vgpu', coalesce(name, '') || ' ' || coalesce(virtualization_mode, '')
  FROM card WHERE (trim(mode) = 'VGPU' OR name IN (SELECT name FROM vgpu_name)) AND coalesce(short, TRUE)
  UNION ALL
  SELECT c.*, 'slice-memory', s.slice_profile || ' ' || c.memory
  FROM card c JOIN features.gpu_kind s ON list_contains(c.members, s.gpu_model) AND s.slice_kind = 'mig'
  WHERE c.short AND c.memory BETWEEN s.memory_min_mib * $slice_share AND s.memory_max_mib
  UNION ALL
  SELECT *, 'vgpu-signs', vbios_version
  FROM card WHERE regexp_full_match(vbios_version, '0+(\.0+)+') AND mode <> 'VGPU'
  UNION ALL
  SELECT c.*, 'vgpu-signs', v.name
  FROM card c JOIN reference.vgpu_subsystems v USING (pci_device_id, pci_subsystem_id)
  -- With the whole memory and an id of the claimed model it is that board, whatever its maker wrote as
  -- subsystem.
  WHERE c.short OR NOT list_contains(string_split(c.pci_device_ids, '|'), c.pci_device_id)
)
SELECT device_id AS subject_id, level, (SELECT count(DISTINCT device_id) FROM card) AS tested,
  json_object('claimed', gpu_model, 'reported', reported, 'memory_mib', memory,
    'whole_mib', memory_min_mib)::VARCHAR AS facts,
  min(seen) OVER device AS first_at, max(seen) OVER device AS last_at
FROM sign
WINDOW device AS (PARTITION BY device_id)
QUALIFY row_number() OVER (PARTITION BY device_id, level ORDER BY gpu_index, seen, reported) = 1
