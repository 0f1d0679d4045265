-- One row per account and public address (IPv4 address; IPv6 /64, or the /56 or /48 that its network
-- delegates) from which it registered or its machines sent heartbeats: first and last time (UTC epoch ms),
-- days seen, messages (0 = only the registration), and the address's networks (`block`: /24, /48; `wide`:
-- /16, /32; `network`: the autonomous system where the user's table names it, else `wide`).
WITH seen AS (
  SELECT d.account_id, r.ip, r.first_at, r.last_at, r.messages, r.day
  FROM rollup.device_ip_day r JOIN raw.devices d ON d.device_id = r.device_id
  UNION ALL
  SELECT account_id, signup_ip, created_at, created_at, 0, day_of(created_at)
  FROM raw.accounts WHERE signup_ip IS NOT NULL AND created_at IS NOT NULL
),
place AS (
  SELECT s.ip, s.block, s.wide, s.network,
    coalesce(ip_v4_text(s.v4),
      CASE coalesce(p.bits, 64) WHEN 48 THEN s.block
        WHEN 56 THEN substr(s.v6, 1, 17) || '00::/56'
        ELSE s.v6 || '::/64' END) AS address
  FROM features.address_spelling s LEFT JOIN features.address_prefix p ON s.v4 IS NULL AND p.wide = s.wide
)
SELECT s.account_id, p.address, p.block, p.wide, p.network, min(s.first_at) AS first_at,
  max(s.last_at) AS last_at, count(DISTINCT s.day) AS days, CAST(sum(s.messages) AS BIGINT) AS messages
FROM seen s JOIN place p ON p.ip = s.ip GROUP BY s.account_id, p.address, p.block, p.wide, p.network
