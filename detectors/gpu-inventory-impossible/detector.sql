-- What a machine says of its own card must be possible together: the device id and part number belong to the claimed model,
-- the memory is a size this card is made with, the firmware is of its generation, the driver exists and can drive it, and
-- no more memory is used than there is. What the catalogue does not know says nothing; nor does a spelling that is the
-- network client's habit, and the instances that a whole card in MIG mode lists beside itself.
WITH reported AS (
  SELECT g.* EXCLUDE (told_at), coalesce(g.seen_at, c.registered_at) AS seen, c.gpu_model, c.members, c.vendor, c.declared_slice, c.memory_min_mib, c.memory_max_mib,
    c.memory_mib AS sizes, c.pci_device_ids, c.driver_version, c.architecture,
    c.account_id, c.gpu_count, g.mig_profile IS NOT NULL OR starts_with(coalesce(g.gpu_uuid, ''), 'MIG-') AS instance,
    lower(g.pci_device_id) AS pci, lower(substr(g.gpu_part_number, 1, 4)) AS part,
    CASE WHEN g.memory_total_mib BETWEEN 128 AND 10000000 THEN g.memory_total_mib END AS memory,
    TRY_CAST(split_part(c.driver_version, '.', 1) AS INTEGER) AS major
  FROM (SELECT g.*, coalesce(g.seen_at, d.registered_at, 0) AS told_at FROM raw.gpus g JOIN raw.devices d ON d.device_id = g.device_id) g
  ASOF JOIN features.card_claim c ON c.device_id = g.device_id AND c.gpu_index = g.gpu_index AND g.told_at >= c.from_at
  WHERE c.gpu_model IS NOT NULL
), parent AS (
  SELECT device_id, seen FROM reported WHERE NOT instance AND memory >= memory_min_mib * 0.9
  GROUP BY device_id, seen, gpu_count HAVING count(DISTINCT gpu_index) >= greatest(gpu_count, 1)
), card AS (
  SELECT r.* FROM reported r LEFT JOIN parent p ON p.device_id = r.device_id AND p.seen = r.seen WHERE NOT r.instance OR p.device_id IS NULL
), known_id AS (
  SELECT DISTINCT pci_device_id AS pci FROM reference.pci_names
), id_name AS (
  SELECT n.pci_device_id AS pci, k.members FROM reference.pci_names n
  JOIN features.gpu_class k ON k.spelled = gpu_spelling(n.name) GROUP BY ALL
), card_name AS (
  SELECT n.name, k.members, k.slice_kind FROM (SELECT DISTINCT name FROM card) n
  JOIN features.gpu_class k ON k.spelled = gpu_spelling(n.name)
), generation AS (
  -- A name of several models is of the generations of all of them.
  SELECT t.architecture, string_agg(CAST(a.vbios_major AS VARCHAR), '|' ORDER BY a.architecture) AS vbios_major, min(a.min_driver_branch) AS min_driver_branch
  FROM (SELECT architecture, unnest(string_split(architecture, '|')) AS one FROM (SELECT DISTINCT architecture FROM card)) t
  JOIN reference.architectures a ON a.architecture = t.one GROUP BY t.architecture
), soft AS (
  SELECT c.device_id, c.gpu_index, c.account_id, c.seen, 'vbios-generation' AS level, c.vbios_version AS got, c.architecture || ': ' || a.vbios_major AS expected,
    NOT list_contains(string_split(a.vbios_major, '|'), split_part(c.vbios_version, '.', 1)) AS odd
  FROM card c JOIN generation a ON a.architecture = c.architecture
  WHERE regexp_full_match(upper(c.vbios_version), '[0-9A-F]{2}(\.[0-9A-F]{2}){4}') AND NOT starts_with(c.vbios_version, '00.') AND NOT c.declared_slice
  UNION ALL
  -- Branch 470 was the first to print NVIDIA before every name but those of older boards, which the catalogue spells without.
  SELECT device_id, gpu_index, account_id, seen, 'name-spelling', name, gpu_model, lower(gpu_model) = 'nvidia ' || lower(trim(name))
  FROM card WHERE major >= 495 AND starts_with(gpu_model, 'NVIDIA ') AND name IS NOT NULL AND NOT declared_slice
  UNION ALL
  SELECT device_id, gpu_index, account_id, seen, 'bus-form', pci_bus_id, '8 digits of domain', regexp_full_match(lower(pci_bus_id), '[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]')
  FROM card WHERE vendor = 'nvidia' AND regexp_full_match(lower(pci_bus_id), '([0-9a-f]{4}){1,2}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]')
), habit AS (
  -- What a fifth of the accounts report is the client's doing, or a network whose field means something else.
  SELECT level FROM (SELECT level, account_id, bool_or(odd) AS odd FROM soft GROUP BY level, account_id)
  GROUP BY level HAVING count(*) >= 10 AND count(*) FILTER (WHERE odd) * 5 > count(*)
), finding AS (
  SELECT device_id, gpu_index, seen, level, got, expected FROM soft WHERE odd AND level NOT IN (SELECT level FROM habit)
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'vbios-other-card', c.vbios_version, v.pci_device_id FROM card c JOIN reference.vbios v ON v.vbios_version = upper(c.vbios_version)
  WHERE c.vendor = 'nvidia' AND NOT c.declared_slice AND NOT list_contains(string_split(c.pci_device_ids, '|'), v.pci_device_id)
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'other-device-id' AS level, c.pci AS got, c.pci_device_ids AS expected FROM card c
  WHERE c.pci IN (SELECT pci FROM known_id) AND c.vendor = 'nvidia' AND NOT list_contains(string_split(c.pci_device_ids, '|'), c.pci)
    AND NOT EXISTS (SELECT 1 FROM id_name i WHERE i.pci = c.pci AND list_has_any(i.members, c.members))
  UNION ALL
  SELECT device_id, gpu_index, seen, 'part-number', gpu_part_number, pci FROM card
  WHERE regexp_matches(upper(gpu_part_number), '^[0-9A-F]{4}-[0-9]{3}-[0-9A-Z]{2}$') AND pci LIKE '10de:%' AND part <> substr(pci, 6) AND part <> '0000'
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'other-name', c.name, c.gpu_model FROM card c
  JOIN card_name k ON k.name = c.name
  WHERE NOT list_has_any(k.members, c.members) AND NOT (k.slice_kind IS NOT NULL AND list_contains(string_split(c.pci_device_ids, '|'), c.pci))
  UNION ALL
  SELECT device_id, gpu_index, seen, CASE WHEN memory < memory_min_mib * 0.9 THEN 'memory-short' ELSE 'memory-unlisted' END, CAST(memory AS VARCHAR), array_to_string(sizes, '|') FROM card
  WHERE vendor = 'nvidia' AND NOT declared_slice AND NOT list_contains(sizes, memory)
    -- Drivers before 510 subtract their reserve, which differs by a few MiB from one to the next.
    AND NOT (coalesce(major, 0) < 510 AND len(list_filter(sizes, lambda x: memory BETWEEN x * 0.97 AND x)) > 0)
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'driver', c.driver_version, d.first_version FROM card c JOIN reference.drivers d ON d.branch = c.major
  WHERE c.vendor = 'nvidia' AND regexp_full_match(c.driver_version, '[0-9]{3}\.[0-9]{2,3}(\.[0-9]{1,2})?')
    AND TRY_CAST(split_part(c.driver_version, '.', 2) AS INTEGER) < TRY_CAST(split_part(CAST(d.first_version AS VARCHAR), '.', 2) AS INTEGER)
  UNION ALL
  SELECT c.device_id, c.gpu_index, c.seen, 'driver', c.driver_version, '>= ' || o.min_driver_branch FROM card c
  JOIN generation o ON o.architecture = c.architecture
  WHERE regexp_full_match(c.driver_version, '[0-9]{3}\.[0-9]{2,3}(\.[0-9]{1,2})?') AND c.major < o.min_driver_branch
  UNION ALL
  SELECT c.device_id, c.gpu_index, t.last_at, 'used-over-total', CAST(t.mem_max_mib AS VARCHAR), CAST(c.memory AS VARCHAR)
  FROM (SELECT device_id, gpu_index, max(memory) AS memory FROM card WHERE vendor = 'nvidia' GROUP BY device_id, gpu_index) c
  JOIN features.telemetry_card t ON t.device_id = c.device_id AND t.gpu_index = c.gpu_index
  WHERE t.mem_max_mib > c.memory * 1.02
  UNION ALL
  SELECT device_id, gpu_index, seen, 'odd-bus', pci_bus_id, 'function 0' FROM card
  WHERE vendor = 'nvidia' AND regexp_full_match(lower(pci_bus_id), '[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[1-7]') AND upper(coalesce(virtualization_mode, '')) NOT LIKE '%VGPU%'
    AND NOT declared_slice
), extent AS (
  SELECT f.device_id, f.level, count(DISTINCT f.gpu_index) < c.cards AS some FROM finding f
  JOIN (SELECT device_id, count(DISTINCT gpu_index) AS cards FROM card GROUP BY device_id) c ON c.device_id = f.device_id
  GROUP BY f.device_id, f.level, c.cards
), said AS (
  -- What every card that the machine shows has in common is said of the machine, anything else of the card.
  SELECT f.*, CASE WHEN e.some THEN f.gpu_index END AS one_card
  FROM finding f JOIN extent e ON e.device_id = f.device_id AND e.level = f.level
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT count(DISTINCT device_id) FROM card) AS tested,
  json_object('reported', list(got ORDER BY got)[1], 'expected', list(expected ORDER BY expected)[1], 'cards', count(*),
    'card', one_card)::VARCHAR AS facts,
  min(seen) AS first_at, max(seen) AS last_at
FROM said GROUP BY device_id, level, one_card
