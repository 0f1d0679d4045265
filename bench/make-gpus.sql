-- The one card of each machine of make-devices.sql.
SELECT concat_ws('-', substr(digest, 1, 8), substr(digest, 9, 4), substr(digest, 13, 4),
    substr(digest, 17, 4), substr(digest, 21, 12)) AS device_id,
  CAST(0 AS BIGINT) AS gpu_index,
  concat('GPU-', substr(card, 1, 8), '-', substr(card, 9, 4), '-', substr(card, 13, 4), '-',
    substr(card, 17, 4), '-', substr(card, 21, 12)) AS gpu_uuid,
  '00000000:01:00.0' AS pci_bus_id,
  (['NVIDIA GeForce RTX 4090', 'NVIDIA GeForce RTX 3090', 'Tesla T4', 'NVIDIA GeForce RTX 3080'])[1
    + i % 4] AS name,
  CAST(([24564, 24576, 15360, 10240])[1 + i % 4] AS BIGINT) AS memory_total_mib, 'None' AS virtualization_mode
FROM (
  SELECT range AS i, md5(concat('device', range)) AS digest, md5(concat('card', range)) AS card
  FROM range(CAST($devices AS BIGINT))
) AS device
ORDER BY device_id
