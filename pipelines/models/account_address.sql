-- One row per account and public address (IPv4 address, IPv6 /64) from which it registered or its machines sent
-- heartbeats: first and last time (UTC epoch ms), days seen, messages (0 = only the registration), and the address's
-- network (`block`: /24, /48; `wide`: /16, /32).
WITH seen AS (
  SELECT d.account_id, r.ip, r.first_at, r.last_at, r.messages, r.day
  FROM rollup.device_ip_day r JOIN raw.devices d ON d.device_id = r.device_id
  UNION ALL
  SELECT account_id, signup_ip, created_at, created_at, 0, day_of(created_at) FROM raw.accounts WHERE signup_ip IS NOT NULL
),
-- Each spelling is parsed once: addresses are far fewer than rows.
spelling AS (
  SELECT ip, ip_subscriber(ip) AS address, ip_block(ip) AS block,
    CASE WHEN ip_v4(ip) IS NOT NULL THEN regexp_extract(ip_text(ip), '^[0-9]+\.[0-9]+') ELSE substr(ip_v6(ip), 1, 9) END AS wide
  FROM (SELECT DISTINCT ip FROM seen WHERE length(ip) <= 64) WHERE ip_is_public(ip)
)
SELECT s.account_id, p.address, p.block, p.wide, min(s.first_at) AS first_at, max(s.last_at) AS last_at,
  count(DISTINCT s.day) AS days, CAST(sum(s.messages) AS BIGINT) AS messages
FROM seen s JOIN spelling p ON p.ip = s.ip
GROUP BY ALL
