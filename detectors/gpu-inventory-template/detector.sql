-- A fake nvidia-smi answers the few fields that a client is known to ask for. Where other accounts with the same client
-- version, system and model fill a field on every machine, a machine that fills none but name, uuid, memory, bus address
-- and device id, and lacks three or more of the fields that all others have, shows that template. A field that one other
-- account in twenty lacks is no rule, so a client's own fault and an old version speak for nobody. Fewer than ten other
-- accounts say nothing.
WITH machine AS (
  SELECT d.device_id, d.account_id, d.agent_version, c.gpu_model, coalesce(d.os, '') AS os, min(coalesce(g.seen_at, d.registered_at)) AS first_at,
    max(coalesce(g.seen_at, d.registered_at)) AS last_at,
    [bool_or(g.gpu_uuid IS NOT NULL), bool_or(g.name IS NOT NULL), bool_or(g.memory_total_mib IS NOT NULL), bool_or(g.pci_bus_id IS NOT NULL),
     bool_or(g.pci_device_id IS NOT NULL), bool_or(g.serial IS NOT NULL), bool_or(g.gpu_part_number IS NOT NULL), bool_or(g.pci_subsystem_id IS NOT NULL),
     bool_or(g.vbios_version IS NOT NULL), bool_or(g.virtualization_mode IS NOT NULL)] AS filled
  FROM raw.gpus g JOIN raw.devices d ON d.device_id = g.device_id JOIN features.device_claim c ON c.device_id = g.device_id
  WHERE c.vendor = 'nvidia' AND NOT c.declared_slice AND d.agent_version IS NOT NULL
  GROUP BY d.device_id, d.account_id, d.agent_version, c.gpu_model, d.os
), field AS (
  SELECT unnest(['gpu_uuid', 'name', 'memory_total_mib', 'pci_bus_id', 'pci_device_id', 'serial', 'gpu_part_number', 'pci_subsystem_id', 'vbios_version', 'virtualization_mode']) AS name,
    unnest(range(1, 11)) AS i
), answer AS (
  SELECT m.device_id, m.account_id, m.agent_version, m.gpu_model, m.os, f.name, m.filled[f.i] AS has, f.i <= 5 AS template
  FROM machine m CROSS JOIN field f
), compared AS (
  -- With the same model; where too few have it, with every NVIDIA card, whose fields differ only in those of server boards.
  SELECT *, gpu_model AS model FROM answer UNION ALL SELECT *, '' FROM answer
), vote AS (
  -- One vote per account: it fills a field when all its machines do.
  SELECT agent_version, os, model, name, account_id, bool_and(has) AS has FROM compared GROUP BY ALL
), cohort AS (
  SELECT agent_version, os, model, name, count(*) AS accounts, count(*) FILTER (WHERE has) AS filling FROM vote GROUP BY ALL HAVING count(*) > 10
), judged AS (
  SELECT a.device_id, a.name, a.has, a.template, a.model, max(a.model) OVER (PARTITION BY a.device_id) AS nearest, c.accounts - 1 AS others,
    (c.filling - CASE WHEN v.has THEN 1 ELSE 0 END) * 20 >= (c.accounts - 1) * 19 AS rule
  FROM compared a
  JOIN cohort c ON c.agent_version = a.agent_version AND c.os = a.os AND c.model = a.model AND c.name = a.name
  JOIN vote v ON v.agent_version = a.agent_version AND v.os = a.os AND v.model = a.model AND v.name = a.name AND v.account_id = a.account_id
), shape AS (
  SELECT device_id, min(others) AS others, list(name ORDER BY name) FILTER (WHERE has) AS answers, list(name ORDER BY name) FILTER (WHERE rule AND NOT has) AS missing
  FROM judged WHERE model = nearest GROUP BY device_id
  HAVING count(*) FILTER (WHERE rule AND NOT has) >= 3 AND bool_or(has) AND bool_and(template OR NOT has)
)
SELECT m.device_id AS subject_id, 'few-fields' AS level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related, s.others AS tested,
  json_object('answers', s.answers, 'missing', s.missing, 'other_accounts', s.others)::VARCHAR AS facts, m.first_at, m.last_at
FROM shape s JOIN machine m ON m.device_id = s.device_id
