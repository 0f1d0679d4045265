-- What a machine says of its own card must be possible together. What the catalogue does not know says
-- nothing; nor does a spelling that is the network client's habit.
WITH card AS (
  -- The instances that a whole card in MIG mode lists beside itself are left out.
  SELECT *, lower(pci_device_id) AS pci, TRY_CAST(split_part(driver_version, '.', 1) AS INTEGER) AS major,
    string_split(pci_device_ids, '|') AS ids, upper(coalesce(virtualization_mode, '')) AS mode,
    regexp_full_match(driver_version, '[0-9]{3}\.[0-9]{2,3}(\.[0-9]{1,2})?') AS numbered
  FROM features.shown_card WHERE gpu_model IS NOT NULL
  QUALIFY NOT instance
    OR seen IS NULL
    OR count(DISTINCT gpu_index) FILTER (WHERE whole) OVER (PARTITION BY device_id, seen)
      < greatest(gpu_count, 1)
),
nvidia AS (SELECT * FROM card WHERE vendor = 'nvidia'),
id_name AS (
  SELECT n.pci_device_id AS pci, k.members
  FROM reference.pci_names n JOIN features.gpu_class k ON k.spelled = gpu_spelling(n.name) GROUP BY ALL
),
card_name AS (
  SELECT n.name, k.members, k.slice_kind
  FROM (SELECT DISTINCT name FROM card) n JOIN features.gpu_class k ON k.spelled = gpu_spelling(n.name)
),
generation AS (
  -- A name of several models is of the generations of all of them.
  SELECT t.architecture,
    string_agg(CAST(a.vbios_major AS VARCHAR), '|' ORDER BY a.architecture) AS vbios_major,
    min(a.min_driver_branch) AS min_driver_branch
  FROM (SELECT DISTINCT architecture, unnest(string_split(architecture, '|')) AS one FROM card) t
  JOIN reference.architectures a ON a.architecture = t.one
  GROUP BY t.architecture
),
soft AS (
  SELECT c.device_id, c.gpu_index, c.account_id, c.seen, 'vbios-generation' AS level, c.vbios_version AS got,
    c.architecture || ': ' || a.vbios_major AS expected,
    NOT list_contains(string_split(a.vbios_major, '|'), split_part(c.vbios_version, '.', 1)) AS odd
  FROM card c JOIN generation a USING (architecture)
  WHERE regexp_full_match(upper(c.vbios_version), '[0-9A-F]{2}(\.[0-9A-F]{2}){4}')
    AND NOT starts_with(c.vbios_version, '00.') AND NOT c.declared_slice
  UNION ALL
  SELECT device_id, gpu_index, account_id, seen, 'name-spelling', name, gpu_model,
    lower(gpu_model) = 'nvidia ' || lower(trim(name))
  FROM card
  WHERE major >= $nvidia_names_branch AND starts_with(gpu_model, 'NVIDIA ') AND name IS NOT NULL
    AND NOT declared_slice
  UNION ALL
  SELECT device_id, gpu_index, account_id, seen, 'bus-form', pci_bus_id, '8 digits of domain',
    regexp_full_match(lower(pci_bus_id), '[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]')
  FROM nvidia WHERE regexp_full_match(lower(pci_bus_id), '([0-9a-f]{4}){1,2}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]')
),
habit AS (
  -- What many accounts report is the client's doing, or a network whose field means something else.
  SELECT level
  FROM (SELECT level, account_id, bool_or(odd) AS odd FROM soft GROUP BY level, account_id)
  GROUP BY level HAVING count(*) >= $habit_accounts AND count(*) FILTER (WHERE odd) > count(*) * $habit_share
),
finding AS (
  SELECT device_id, gpu_index, seen, level, got, expected
  FROM soft WHERE odd AND level NOT IN (SELECT level FROM habit)
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'vbios-other-card', c.vbios_version, v.pci_device_id
  FROM nvidia c JOIN reference.vbios v ON v.vbios_version = upper(c.vbios_version)
  WHERE NOT c.declared_slice AND NOT list_contains(c.ids, v.pci_device_id)
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'other-device-id', c.pci, c.pci_device_ids
  FROM nvidia c
  WHERE c.pci IN (SELECT pci_device_id FROM reference.pci_names) AND NOT list_contains(c.ids, c.pci)
    AND NOT EXISTS (SELECT 1 FROM id_name i WHERE i.pci = c.pci AND list_has_any(i.members, c.members))
  UNION ALL
  SELECT device_id, gpu_index, seen, 'part-number', gpu_part_number, pci
  FROM card
  WHERE regexp_matches(upper(gpu_part_number), '^[0-9A-F]{4}-[0-9]{3}-[0-9A-Z]{2}$') AND pci LIKE '10de:%'
    AND lower(left(gpu_part_number, 4)) NOT IN (substr(pci, 6), '0000')
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'other-name', c.name, c.gpu_model
  FROM card c JOIN card_name k USING (name)
  WHERE NOT list_has_any(k.members, c.members)
    AND NOT (k.slice_kind IS NOT NULL AND list_contains(c.ids, c.pci))
  UNION ALL
  SELECT device_id, gpu_index, seen, level, CAST(memory AS VARCHAR), array_to_string(memory_mib, '|')
  FROM nvidia CROSS JOIN (VALUES ('memory-short'), ('memory-unlisted')) l(level)
  WHERE NOT declared_slice AND NOT list_contains(memory_mib, memory) AND (short OR level = 'memory-unlisted')
    -- Early drivers subtract their reserve, which differs by a few MiB from one to the next.
    AND NOT (coalesce(major, 0) < $whole_memory_branch
      AND len(list_filter(memory_mib, lambda x: memory BETWEEN x * $reserved_share AND x)) > 0)
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'driver', c.driver_version, d.first_version
  FROM nvidia c JOIN reference.drivers d ON d.branch = c.major
  WHERE c.numbered
    AND TRY_CAST(split_part(c.driver_version, '.', 2) AS INTEGER)
      < TRY_CAST(split_part(CAST(d.first_version AS VARCHAR), '.', 2) AS INTEGER)
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'driver', c.driver_version, '>= ' || o.min_driver_branch
  FROM card c JOIN generation o USING (architecture) WHERE c.numbered AND c.major < o.min_driver_branch
  UNION ALL
  SELECT c.device_id, c.gpu_index, t.last_at, 'used-over-total', CAST(t.mem_max_mib AS VARCHAR),
    CAST(max(c.memory) AS VARCHAR)
  FROM nvidia c JOIN features.telemetry_card t USING (device_id, gpu_index)
  GROUP BY ALL HAVING t.mem_max_mib > max(c.memory) * $used_margin
  UNION ALL
  SELECT device_id, gpu_index, seen, 'odd-bus', pci_bus_id, 'function 0'
  FROM nvidia
  WHERE regexp_full_match(lower(pci_bus_id), '[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[1-7]')
    AND mode NOT LIKE '%VGPU%' AND NOT declared_slice
),
said AS (
  -- What every card that the machine shows has in common is said of the machine, anything else of the card.
  SELECT f.*,
    CASE WHEN count(DISTINCT f.gpu_index) OVER (PARTITION BY f.device_id, f.level) < c.cards
        THEN f.gpu_index END AS one_card
  FROM finding f
  JOIN (SELECT device_id, count(DISTINCT gpu_index) AS cards FROM card GROUP BY device_id) c
    ON c.device_id = f.device_id
)
SELECT device_id AS subject_id, level, (SELECT count(DISTINCT device_id) FROM card) AS tested,
  json_object('reported', list(got ORDER BY got)[1], 'expected', list(expected ORDER BY expected)[1],
    'cards', count(*), 'card', one_card)::VARCHAR AS facts,
  min(seen) AS first_at, max(seen) AS last_at
FROM said GROUP BY device_id, level, one_card
