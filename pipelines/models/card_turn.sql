-- When a card, or a machine by its machine id, left one device and appeared under another: one row per change
-- of hands. Quarter hours in which exactly one device of a key sent messages are put in order; a change is
-- two neighbours of different devices. `overlap`: share of the key's quarter hours in which several sent,
-- large for copies; `back`: the taker had it before.
WITH holder AS MATERIALIZED (
  SELECT 'card' AS kind, uuid AS key, device_id
  FROM features.card_identity WHERE uuid IS NOT NULL AND NOT instance
  UNION
  SELECT 'machine', lower(trim(machine_id)), device_id
  FROM raw.devices WHERE length(trim(machine_id)) BETWEEN 8 AND 128
),
active AS (
  SELECT DISTINCT h.kind, h.key, h.device_id, g.bin
  FROM (SELECT *, count(*) OVER (PARTITION BY kind, key) AS holders FROM holder) h
  JOIN rollup.device_grid g ON g.device_id = h.device_id
  WHERE h.holders BETWEEN 2 AND 50
),
quarter AS MATERIALIZED (
  SELECT kind, key, bin, min(device_id) AS device_id, min(began) AS began, count(*) AS n
  FROM (SELECT *, min(bin) OVER (PARTITION BY kind, key, device_id) AS began FROM active)
  GROUP BY kind, key, bin
),
extent AS (
  SELECT kind, key, count(*) FILTER (WHERE n > 1) / CAST(count(*) AS DOUBLE) AS overlap
  FROM quarter GROUP BY kind, key
),
change AS MATERIALIZED (
  SELECT *, lag(device_id) OVER line AS giver, lag(bin) OVER line AS given_bin
  FROM quarter WHERE n = 1
  WINDOW line AS (PARTITION BY kind, key ORDER BY bin) QUALIFY device_id <> lag(device_id) OVER line
),
lines AS MATERIALIZED (
  SELECT c.kind, c.key, c.bin, a.ip AS given_ip, b.ip AS taken_ip
  FROM change c
  JOIN rollup.device_ip_day a ON a.device_id = c.giver AND a.day = idiv(c.given_bin, 96)
  JOIN rollup.device_ip_day b ON b.device_id = c.device_id AND b.day = idiv(c.bin, 96)
),
met AS (
  -- Both spoke from one subscriber's line, the giver on the day when it stopped and the taker on the day when
  -- it began.
  SELECT DISTINCT kind, key, bin
  FROM lines WHERE ip_is_public(given_ip) AND ip_subscriber(given_ip) = ip_subscriber(taken_ip)
)
SELECT c.kind, c.key, c.giver AS from_device, g.account_id AS from_account, c.device_id AS to_device,
  t.account_id AS to_account, (c.given_bin + 1) * 900000 AS left_at, c.bin * 900000 AS taken_at,
  c.began < c.given_bin AS back, e.overlap, m.bin IS NOT NULL AS same_line
FROM change c
JOIN extent e ON e.kind = c.kind AND e.key = c.key
JOIN raw.devices g ON g.device_id = c.giver
JOIN raw.devices t ON t.device_id = c.device_id
LEFT JOIN met m ON m.kind = c.kind AND m.key = c.key AND m.bin = c.bin
