-- One row per machine that the network's probes reached: its account, the networks that it spoke from (IPv4 /16, IPv6 /32, autonomous
-- systems), and the country where its addresses are, as the user's address file says, else the one that the account names.
-- `placed`: every address is known to be a line into homes, a phone or a campus, all in one country, so that the machine claims to stand there.
WITH spoke AS (
  SELECT r.device_id, s.wide, s.asn, s.country, s.class
  FROM rollup.device_ip_day r JOIN features.address_spelling s ON s.ip = r.ip
  WHERE r.device_id IN (SELECT device_id FROM rollup.ping_day)
),
machine AS (
  SELECT device_id, list(DISTINCT wide ORDER BY wide)[1:64] AS networks,
    coalesce(list(DISTINCT asn ORDER BY asn) FILTER (WHERE asn IS NOT NULL), [])[1:64] AS organisations,
    bool_and(coalesce(class IN ('residential', 'mobile', 'campus') AND country <> '', FALSE)) AND count(DISTINCT country) = 1 AS placed,
    CASE WHEN count(DISTINCT country) = 1 THEN min(country) END AS country
  FROM spoke GROUP BY device_id
)
SELECT m.device_id, d.account_id, coalesce(m.country, upper(a.country)) AS country, m.placed, m.networks, m.organisations
FROM machine m JOIN raw.devices d ON d.device_id = m.device_id JOIN raw.accounts a ON a.account_id = d.account_id
