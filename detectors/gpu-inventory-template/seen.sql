-- Machines with an inventory whose client version and system more than ten accounts have.
WITH machine AS (
  SELECT DISTINCT d.device_id, d.account_id, d.agent_version, coalesce(d.os, '') AS os
  FROM raw.gpus g JOIN raw.devices d ON d.device_id = g.device_id JOIN features.device_claim c ON c.device_id = g.device_id
  WHERE c.vendor = 'nvidia' AND NOT c.declared_slice AND d.agent_version IS NOT NULL
), cohort AS (
  SELECT agent_version, os FROM machine GROUP BY ALL HAVING count(DISTINCT account_id) > 10
)
SELECT m.device_id AS subject_id FROM machine m JOIN cohort c ON c.agent_version = m.agent_version AND c.os = m.os
