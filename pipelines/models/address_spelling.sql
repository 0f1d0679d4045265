-- One row per routed address as the dataset spells it (heartbeats, registrations): its canonical form, the
-- networks that it lies in, and what the user's `addresses` table says of the longest range around it. Each
-- spelling is parsed once: they are far fewer than rows. `v4` is the number, `v6` the four leading groups.
-- `block` is /24 or /48, `wide` /16 or /32, `network` the autonomous system where it is known, else `wide`.
-- Ranges longer than an IPv6 /64 are not looked at, nor malformed ones.
WITH spelling AS (
  SELECT ip, CASE WHEN ip LIKE '%:%' THEN ip_groups(ip) END AS g
  FROM (
    SELECT DISTINCT ip FROM rollup.device_ip_day WHERE length(ip) <= 64
    UNION SELECT DISTINCT signup_ip FROM raw.accounts WHERE length(signup_ip) <= 64
  )
),
parsed AS (
  SELECT ip, CASE WHEN g IS NULL THEN ip_v4_number(ip) WHEN ip_is_mapped(g) THEN ip_mapped(g) END AS v4,
    CASE WHEN NOT ip_is_mapped(g) THEN substr(g, 1, 19) END AS v6
  FROM spelling
),
place AS (
  SELECT ip, v4, v6, coalesce(v4, CAST('0x' || replace(v6, ':', '') AS UBIGINT)) AS number,
    CASE WHEN v4 IS NULL THEN 64 ELSE 32 END AS bits
  FROM parsed WHERE CASE WHEN v4 IS NULL THEN substr(v6, 1, 1) IN ('2', '3') ELSE ip_v4_is_public(v4) END
),
range_text AS (
  SELECT trim(cidr) AS cidr, split_part(trim(cidr), '/', 1) AS base,
    TRY_CAST(split_part(trim(cidr), '/', 2) AS INTEGER) AS length, asn, lower(trim(class)) AS class,
    upper(trim(country)) AS country
  FROM raw.addresses WHERE length(cidr) <= 64
),
range_number AS (
  SELECT cidr, length, asn, class, country, CASE WHEN ip_v4(base) IS NULL THEN 64 ELSE 32 END AS bits,
    coalesce(ip_v4(base), CAST('0x' || replace(substr(ip_v6(base), 1, 19), ':', '') AS UBIGINT)) AS number
  FROM range_text
),
known AS (
  SELECT bits, length, CAST(number AS UBIGINT) >> CAST(bits - length AS UBIGINT) AS prefix,
    max(struct_pack(cidr := cidr, asn := asn, class := class, country := country)) AS said
  FROM range_number WHERE number IS NOT NULL AND length BETWEEN 1 AND bits GROUP BY ALL
),
found AS (
  SELECT p.ip, max(struct_pack(length := l.length, said := k.said)).said AS said
  FROM place p
  JOIN (SELECT DISTINCT bits, length FROM known) l ON l.bits = p.bits
  JOIN known k
    ON k.bits = l.bits AND k.length = l.length
      AND k.prefix = CAST(p.number AS UBIGINT) >> CAST(l.bits - l.length AS UBIGINT)
  GROUP BY p.ip
),
named AS (
  SELECT p.ip, v4, v6,
    coalesce(ip_v4_text(idiv(v4, 256) * 256) || '/24', substr(v6, 1, 14) || '::/48') AS block,
    coalesce(idiv(v4, 16777216) || '.' || (idiv(v4, 65536) % 256), substr(v6, 1, 9)) AS wide,
    f.said.asn AS asn, f.said.class AS class, f.said.country AS country
  FROM place p LEFT JOIN found f ON f.ip = p.ip
)
SELECT ip, v4, v6, block, wide, coalesce('AS' || asn, wide) AS network, asn, class, country FROM named
