-- One row per card that an inventory, heartbeats or benchmarks name; one card 0 for a device of which nothing
-- does. Cards that no evidence names share what is said of the machine, and all cards of a void machine are
-- void.
CREATE OR REPLACE TABLE verdict.gpu AS
WITH named AS (
  SELECT device_id, gpu_index FROM raw.gpus
  UNION SELECT device_id, gpu_index FROM rollup.device_day
  UNION SELECT device_id, gpu_index FROM raw.benchmarks WHERE gpu_index IS NOT NULL
  UNION SELECT device_id, gpu_index FROM verdict.judged_gpu WHERE gpu_index IS NOT NULL
)
SELECT v.device_id, coalesce(n.gpu_index, 0) AS gpu_index,
  CASE WHEN v.verdict = 'void' THEN 'void' ELSE coalesce(own.verdict, rest.verdict, v.verdict) END AS verdict,
  coalesce(own.risk, rest.risk, v.risk) AS risk, coalesce(own.reasons, rest.reasons, v.reasons) AS reasons
FROM verdict.device v
LEFT JOIN named n ON n.device_id = v.device_id
LEFT JOIN verdict.judged_gpu own ON own.device_id = v.device_id AND own.gpu_index = n.gpu_index
LEFT JOIN verdict.judged_gpu rest ON rest.device_id = v.device_id AND rest.gpu_index IS NULL
ORDER BY v.device_id, gpu_index
