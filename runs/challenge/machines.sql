-- Every machine of a finished run, with what a challenge of it needs to know.
SELECT device_id, account_id, gpu_model, least(greatest(gpu_count, 1), 1000) AS gpu_count, memory_min_mib,
  vendor, verdict, risk, verified = 'network' AS measured
FROM device_facts ORDER BY device_id
