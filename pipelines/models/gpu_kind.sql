-- Everything that a card can be, whole or sliced, with the figures that a benchmark of it should come near:
-- one row per model, MIG profile or vGPU type. Of models of other makers only the name is known; their
-- figures are NULL.
WITH model AS (
  SELECT *, list_transform(string_split(memory_total_mib, '|'), lambda x: CAST(x AS BIGINT)) AS memory_mib,
    list_transform(string_split(CAST(sm_count AS VARCHAR), '|'), lambda x: CAST(x AS BIGINT)) AS sms,
    -- FP32 lanes of one SM: 64 in GP100, Volta, Turing and GA100, 128 elsewhere (NVIDIA architecture white
    -- papers); an Apple GPU core has 128 ALUs.
    CASE WHEN architecture IN ('Volta', 'Turing')
        OR (architecture = 'Ampere' AND mig_capable)
        OR gpu_model LIKE 'Tesla P100%'
        THEN 64
      ELSE 128 END AS lanes_per_sm
  FROM reference.gpu_models
),
kind AS (
  SELECT gpu_model, NULL AS slice_profile, NULL AS slice_kind, NULL AS slice_memory, NULL AS nominal,
    NULL AS slice_sms
  FROM model
  UNION ALL SELECT parent_model, profile, kind, memory_mib, memory_mib_nominal, sm_count FROM reference.slices
),
share AS (
  -- MIG partitions SMs and memory channels. A vGPU shares all SMs in time, so its floor is the
  -- framebuffer's share.
  SELECT k.*, m.* EXCLUDE (gpu_model),
    coalesce(CAST(k.slice_sms AS DOUBLE) / m.sms[1], CAST(k.nominal AS DOUBLE) / list_max(m.memory_mib),
      1) AS compute_share,
    coalesce(CAST(k.nominal AS DOUBLE) / list_max(m.memory_mib), 1) AS memory_share
  FROM kind k JOIN model m USING (gpu_model)
)
SELECT gpu_model, slice_profile, slice_kind, vendor, architecture, lanes_per_sm, power_limit_w,
  max_sm_clock_mhz, mig_capable, pci_device_ids, epoch_ms(CAST(released AS TIMESTAMP)) AS released_at,
  -- Makers of these allow memory overclocking; data-centre cards and Apple chips do not.
  regexp_matches(gpu_model, 'GeForce|TITAN|Quadro|RTX') AS overclockable,
  CASE WHEN slice_profile IS NULL THEN memory_mib
    ELSE list_filter([slice_memory, nominal], lambda x: x IS NOT NULL) END AS memory_mib,
  CASE WHEN slice_profile IS NULL THEN list_min(memory_mib)
    ELSE coalesce(slice_memory, nominal * 9 // 10) END AS memory_min_mib,
  CASE WHEN slice_profile IS NULL THEN list_max(memory_mib) ELSE nominal END AS memory_max_mib,
  CASE WHEN slice_profile IS NULL THEN list_min(sms) ELSE slice_sms END AS sm_min,
  CASE WHEN slice_profile IS NULL THEN list_max(sms) ELSE slice_sms END AS sm_max,
  fp32_tflops * compute_share AS fp32_tflops,
  fp32_ceiling_tflops * CASE WHEN slice_kind = 'vgpu' THEN 1 ELSE compute_share END AS fp32_ceiling_tflops,
  fp16_tflops * compute_share AS fp16_tflops, memory_bandwidth_min_gb_s * memory_share AS bandwidth_min_gb_s,
  memory_bandwidth_max_gb_s * CASE WHEN slice_kind = 'vgpu' THEN 1 ELSE memory_share END AS bandwidth_max_gb_s
FROM share
UNION ALL BY NAME SELECT gpu_model, vendor FROM reference.named_models
