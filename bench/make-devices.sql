-- The machines behind make-heartbeats.sql: ids by the same digest, four cards of every five with an owner of
-- their own.
SELECT concat_ws('-', substr(digest, 1, 8), substr(digest, 9, 4), substr(digest, 13, 4),
    substr(digest, 17, 4), substr(digest, 21, 12)) AS device_id,
  concat('u',
    substr(md5(concat('account', i % greatest(1, CAST($devices AS BIGINT) * 4 // 5))), 1, 14)) AS account_id,
  make_timestamptz((CAST($day AS BIGINT) * 86400 - 86400 - CAST(hash(i, 'registered') % 7776000 AS BIGINT))
    * 1000000) AS registered_at,
  (['NVIDIA GeForce RTX 4090', 'NVIDIA GeForce RTX 3090', 'Tesla T4', 'NVIDIA GeForce RTX 3080'])[1
    + i % 4] AS gpu_model,
  CAST(1 AS BIGINT) AS gpu_count, md5(concat('machine', i)) AS machine_id,
  concat('host-', substr(md5(concat('host', i)), 1, 8)) AS hostname, 'Ubuntu 22.04' AS os,
  '535.161.07' AS driver_version, 'AMD EPYC 7R32' AS cpu_model, 'none' AS hypervisor
FROM (
  SELECT range AS i, md5(concat('device', range)) AS digest FROM range(CAST($devices AS BIGINT))
) AS device
ORDER BY device_id
