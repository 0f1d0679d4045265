-- What the checks that networks run today look at, one machine at a time: one row per device, one number per
-- check. Each check says "suspicious from here on" with a threshold that rules.ts finds on training worlds.
-- Higher is worse; NULL where the check has nothing to look at. Binds nothing.
WITH card AS (
  SELECT device_id, gpu_index, gpu_uuid, serial, name, memory_total_mib, mig_profile, virtualization_mode,
    pci_device_id
  FROM raw.gpus
),
sharers AS (
  -- A uuid or board serial that other devices report too, whoever was first.
  SELECT gpu_uuid AS id, count(DISTINCT device_id) AS devices
  FROM card WHERE gpu_uuid IS NOT NULL GROUP BY gpu_uuid
),
boards AS (
  SELECT serial AS id, count(DISTINCT device_id) AS devices FROM card WHERE serial IS NOT NULL GROUP BY serial
),
inventory AS (
  SELECT c.device_id, max(u.devices) - 1 AS uuid_on_others, max(b.devices) - 1 AS serial_on_others,
    max(CASE WHEN k.memory_max_mib IS NULL OR c.memory_total_mib IS NULL THEN NULL
      WHEN list_contains(k.memory_mib, c.memory_total_mib) THEN 0
      ELSE 1 END) AS memory_unequal,
    max(CASE WHEN c.memory_total_mib IS NOT NULL AND k.memory_min_mib > 0
        THEN 1 - CAST(c.memory_total_mib AS DOUBLE) / k.memory_min_mib END) AS memory_missing_share,
    max(CASE WHEN c.name IS NULL THEN NULL
      WHEN lower(trim(c.name)) = lower(trim(k.claim)) THEN 0
      ELSE 1 END) AS name_unequal,
    max(CASE WHEN k.declared_slice THEN 0
      WHEN c.mig_profile IS NOT NULL OR upper(c.virtualization_mode) LIKE '%VGPU%' THEN 1
      ELSE 0 END) AS undeclared_slice,
    max(CASE WHEN c.pci_device_id IS NULL OR k.pci_device_ids IS NULL THEN NULL
      WHEN contains(lower(CAST(k.pci_device_ids AS VARCHAR)), lower(c.pci_device_id)) THEN 0
      ELSE 1 END) AS device_id_unequal,
    max(CASE WHEN regexp_matches(lower(c.gpu_uuid),
        '^gpu-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$')
        THEN 1
      ELSE 0 END) AS uuid_random_shaped
  FROM card c
  JOIN features.device_claim k ON k.device_id = c.device_id
  LEFT JOIN sharers u ON u.id = c.gpu_uuid
  LEFT JOIN boards b ON b.id = c.serial
  GROUP BY c.device_id
),
bench AS (
  -- Median over all network-measured runs against the data sheet.
  SELECT device_id, count(*) AS runs, 1 - exp(quantile_cont(fp32_residual, 0.5)) AS fp32_short,
    1 - exp(quantile_cont(bandwidth_residual, 0.5)) AS bandwidth_short,
    exp(quantile_cont(fp32_residual, 0.5)) - 1 AS fp32_above,
    quantile_cont(CAST(started_at - requested_at AS DOUBLE), 0.5) / 1000 AS start_delay_s
  FROM features.benchmark_run GROUP BY device_id
),
digest AS (
  SELECT digest, count(DISTINCT device_id) AS devices
  FROM raw.benchmarks WHERE measured_by = 'network' AND digest IS NOT NULL GROUP BY digest
),
repeated AS (
  SELECT b.device_id, max(d.devices) - 1 AS digest_on_others
  FROM raw.benchmarks b JOIN digest d ON d.digest = b.digest GROUP BY b.device_id
),
beat AS (
  SELECT device_id,
    max(CASE WHEN temp_n >= 20
        THEN CASE WHEN temp_max_c - temp_min_c < 0.5 AND power_max_w - power_min_w < 0.5 THEN 1
          ELSE 0 END END) AS telemetry_constant,
    max(CASE WHEN messages >= 20
        THEN CASE WHEN temp_n = 0 AND power_n = 0 THEN 1 ELSE 0 END END) AS telemetry_absent,
    max(temp_max_c) AS hottest_c
  FROM features.telemetry_card GROUP BY device_id
),
probe AS (
  SELECT device_id, 1 - CAST(sum(answered) AS DOUBLE) / sum(pings) AS pings_lost
  FROM rollup.ping_day GROUP BY device_id
),
address AS (
  -- Machines that ever shared an address with this one.
  SELECT d.device_id, max(n.devices) - 1 AS address_on_others
  FROM rollup.device_ip_day d
  JOIN (SELECT ip, count(DISTINCT device_id) AS devices FROM rollup.device_ip_day GROUP BY ip) n USING (ip)
  GROUP BY d.device_id
)
SELECT device_id, i.* EXCLUDE (device_id), coalesce(b.runs, 0) = 0 AS never_benchmarked, b.fp32_short,
  b.bandwidth_short, b.fp32_above, b.start_delay_s, r.digest_on_others, t.telemetry_constant,
  t.telemetry_absent, t.hottest_c, p.pings_lost, a.address_on_others
FROM (SELECT device_id FROM raw.devices)
LEFT JOIN inventory i USING (device_id)
LEFT JOIN bench b USING (device_id)
LEFT JOIN repeated r USING (device_id)
LEFT JOIN beat t USING (device_id)
LEFT JOIN probe p USING (device_id)
LEFT JOIN address a USING (device_id)
ORDER BY device_id
