-- Machines that the network's probes reached: one row each, with account, the networks that it spoke from
-- (IPv4 /16, IPv6 /32, autonomous systems), and the country of its addresses by the user's address file, else
-- the one that the account names. `placed`: all its addresses are known to be lines into homes, phones or a
-- campus of one country.
WITH machine AS (
  SELECT r.device_id, list(DISTINCT s.wide ORDER BY s.wide)[1:64] AS networks,
    coalesce(list(DISTINCT s.asn ORDER BY s.asn) FILTER (WHERE s.asn IS NOT NULL), [])[1:64] AS organisations,
    bool_and(coalesce(s.class IN ('residential', 'mobile', 'campus') AND s.country <> '', FALSE))
      AND count(DISTINCT s.country) = 1 AS placed,
    CASE WHEN count(DISTINCT s.country) = 1 THEN min(s.country) END AS country
  FROM rollup.device_ip_day r JOIN features.address_spelling s USING (ip)
  WHERE r.device_id IN (SELECT device_id FROM rollup.ping_day)
  GROUP BY r.device_id
)
SELECT m.device_id, d.account_id, coalesce(m.country, upper(a.country)) AS country, m.placed, m.networks,
  m.organisations
FROM machine m JOIN raw.devices d USING (device_id) JOIN raw.accounts a USING (account_id)
