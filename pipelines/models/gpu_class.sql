-- What a name claims: one row per spelling that some model goes by, whole or sliced. A spelling of several
-- models is the group of them (`members`): its figures are the widest that any member has, so that nothing
-- contradicts an honest one, and a figure beyond every member's still does. A size in the name leaves of
-- the members' sizes those that it can mean.
WITH named AS (
  SELECT s.spelled, s.memory_gb, k.*
  FROM reference.gpu_spellings s
  JOIN features.gpu_kind k ON k.gpu_model = s.gpu_model AND k.slice_kind IS NULL
  UNION ALL
  SELECT gpu_spelling(s.spelled || ' mig ' || k.slice_profile), NULL, k.*
  FROM reference.gpu_spellings s
  JOIN features.gpu_kind k ON k.gpu_model = s.gpu_model AND k.slice_kind = 'mig'
  UNION ALL
  SELECT gpu_spelling(slice_profile), NULL, *
  FROM features.gpu_kind
  WHERE slice_kind = 'vgpu'
    -- Some vGPU types are named like cards; a claim of that name means the card.
    AND gpu_spelling(slice_profile) NOT IN (SELECT spelled FROM reference.gpu_spellings)
),
stated AS (
  -- ECC and the reserves of drivers take up to a tenth.
  SELECT *, list_filter(memory_mib, lambda x: x > memory_gb * 1024 * 0.9 AND x <= memory_gb * 1024) AS of_size
  FROM named
),
sized AS (
  SELECT * EXCLUDE (memory_mib, memory_min_mib, memory_max_mib),
    CASE WHEN len(of_size) > 0 THEN of_size ELSE memory_mib END AS memory_mib,
    CASE WHEN len(of_size) > 0 THEN list_min(of_size) ELSE memory_min_mib END AS memory_min_mib,
    CASE WHEN len(of_size) > 0 THEN list_max(of_size) ELSE memory_max_mib END AS memory_max_mib
  FROM stated
),
printed AS (
  -- Ids of boards of the same name that the catalogue has no figures for.
  SELECT s.spelled, n.pci_device_id AS id
  FROM reference.gpu_spellings s JOIN reference.pci_names n ON n.name = s.gpu_model AND NOT n.is_vgpu_type
  WHERE NOT s.catalogued
),
id AS (
  SELECT spelled, string_agg(DISTINCT id, '|' ORDER BY id) AS ids, count(DISTINCT model) AS models
  FROM (
    SELECT spelled, gpu_model AS model, unnest(string_split(pci_device_ids, '|')) AS id FROM named
    UNION ALL SELECT spelled, '', id FROM printed
  )
  GROUP BY spelled
)
SELECT s.spelled, string_agg(DISTINCT s.gpu_model, ' | ' ORDER BY s.gpu_model) AS gpu_model,
  list(DISTINCT s.gpu_model ORDER BY s.gpu_model) AS members, min(s.slice_profile) AS slice_profile,
  min(s.slice_kind) AS slice_kind, min(s.vendor) AS vendor,
  string_agg(DISTINCT s.architecture, '|' ORDER BY s.architecture) AS architecture,
  min(s.lanes_per_sm) AS lanes_per_sm, max(s.power_limit_w) AS power_limit_w,
  max(s.max_sm_clock_mhz) AS max_sm_clock_mhz, bool_and(s.mig_capable) AS mig_capable,
  CASE WHEN min(i.models) > 1 THEN min(i.ids) ELSE min(s.pci_device_ids) END AS pci_device_ids,
  min(s.released_at) AS released_at, bool_or(s.overclockable) AS overclockable,
  CASE WHEN count(*) = 1 THEN min(s.memory_mib)
    ELSE list_sort(list_distinct(flatten(list(s.memory_mib ORDER BY s.gpu_model)))) END AS memory_mib,
  min(s.memory_min_mib) AS memory_min_mib, max(s.memory_max_mib) AS memory_max_mib, min(s.sm_min) AS sm_min,
  max(s.sm_max) AS sm_max, min(s.fp32_tflops) AS fp32_tflops,
  max(s.fp32_ceiling_tflops) AS fp32_ceiling_tflops, min(s.fp16_tflops) AS fp16_tflops,
  min(s.bandwidth_min_gb_s) AS bandwidth_min_gb_s, max(s.bandwidth_max_gb_s) AS bandwidth_max_gb_s
FROM sized s LEFT JOIN id i USING (spelled) GROUP BY s.spelled
