-- What kind of place an address block (IPv4 /24, IPv6 /48) is: one row per block that accounts were seen in.
-- `class` is the user's word (`addresses` table, longest range, the most frequent of the block) or else
-- estimated from how accounts use the block; NULL where nothing tells. `given` says which. The estimate, on
-- figures that stand beside it:
--
-- Behind one exit (five or more accounts to an address, and they joined over more than a quarter of
-- everybody's registrations, as strangers do; the first and the last fifth are not counted, so that a few old
-- accounts make no public): `vpn` where three or more countries meet, none holding over 60 %, or half only
-- pass through (machines elsewhere); `mobile` where machines wander over the block's addresses; else `campus`
-- (university, internet cafe, office). On addresses of their own: `hosting` where three accounts of the
-- network, of three countries with none over 60 %, have machines settled (two days and half of their days on
-- one address that at most two accounts use) though they registered from elsewhere, where one account has
-- eight settled addresses in the block, or where four or more accounts have machines of which two thirds own
-- virtual ones; `residential` where half live as they registered.
WITH crowd AS (SELECT address, count(*) AS crowd FROM features.account_address GROUP BY address),
active AS (
  SELECT account_id, max(days) AS days, count(DISTINCT network) AS networks
  FROM features.account_address WHERE messages > 0 GROUP BY account_id
),
home AS (
  SELECT o.account_id, o.block, p.network
  FROM features.account_order o
  LEFT JOIN (SELECT DISTINCT block, network FROM features.address_spelling) p ON p.block = o.block
),
-- Context, not evidence: it says what a place is, nothing of who is there. Windows shows Hyper-V on bare
-- machines too.
virtual AS (
  SELECT DISTINCT account_id
  FROM raw.devices WHERE lower(trim(hypervisor)) NOT IN ('', 'none', 'hyperv', 'hyper-v', 'microsoft', 'wsl')
),
seat AS (
  -- One row per account and block.
  SELECT a.account_id, a.block, a.wide, a.network, bool_or(a.messages > 0) AS machine, max(c.crowd) AS crowd,
    count(*) FILTER (WHERE a.messages > 0) AS addresses,
    count(*) FILTER (WHERE a.messages > 0 AND c.crowd <= 2 AND a.days >= 2
          AND 2 * a.days >= t.days) AS settled,
    max(t.networks) AS networks
  FROM features.account_address a
  JOIN crowd c ON c.address = a.address
  LEFT JOIN active t ON t.account_id = a.account_id
  GROUP BY a.account_id, a.block, a.wide, a.network
),
person AS (
  SELECT s.*, o.upto, o.everybody, r.country, v.account_id IS NOT NULL AS has_virtual,
    coalesce(h.block = s.block, FALSE) AS registered_here, s.machine AND h.network <> s.network AS visitor,
    NOT s.machine AND s.networks IS NOT NULL AS passes,
    row_number() OVER (PARTITION BY s.block ORDER BY o.upto, s.account_id) AS i,
    count(*) OVER (PARTITION BY s.block) AS n
  FROM seat s
  JOIN features.account_order o ON o.account_id = s.account_id
  JOIN raw.accounts r ON r.account_id = s.account_id
  JOIN home h ON h.account_id = s.account_id
  LEFT JOIN virtual v ON v.account_id = s.account_id
),
by_country AS (SELECT block, country, count(*) AS n FROM person WHERE country IS NOT NULL GROUP BY ALL),
country AS (
  SELECT block, count(*) AS countries, max(n) / sum(n) AS top_country FROM by_country GROUP BY block
),
guest AS (
  SELECT network, country, count(DISTINCT account_id) AS n
  FROM person WHERE visitor AND settled > 0 AND country IS NOT NULL GROUP BY ALL
),
host AS (
  SELECT network, CAST(sum(n) AS BIGINT) AS guests, count(*) AS guest_countries, max(n) / sum(n) AS top_guest
  FROM guest GROUP BY network
),
block AS (
  SELECT block, wide, network, count(*) AS accounts, count(*) FILTER (WHERE machine) AS machine_accounts,
    count(*) FILTER (WHERE registered_here) AS registered,
    count(*) FILTER (WHERE registered_here AND machine) AS residents,
    count(*) FILTER (WHERE visitor) AS visitors, count(*) FILTER (WHERE passes) AS passing,
    sum(crowd) / count(*) AS accounts_per_address,
    coalesce(sum(addresses) / count(*) FILTER (WHERE machine), 0) AS addresses_per_account,
    max(settled) AS most_settled, count(*) FILTER (WHERE machine AND has_virtual) AS virtual_accounts,
    middle_share(upto, i, n, 5, max(everybody)) AS spread
  FROM person GROUP BY block, wide, network, n
),
said AS (
  SELECT block, class, count(*) AS n FROM features.address_spelling WHERE class IS NOT NULL GROUP BY ALL
),
given AS (SELECT block, max(struct_pack(n := n, class := class)).class AS class FROM said GROUP BY block)
SELECT b.*, coalesce(c.countries, 0) AS countries, coalesce(c.top_country, 0) AS top_country,
  coalesce(h.guests, 0) AS guests, g.class IS NOT NULL AS given,
  coalesce(g.class,
    CASE WHEN accounts >= 5 AND accounts_per_address >= 5 AND spread > 0.25
        THEN CASE WHEN (countries >= 3 AND top_country <= 0.6) OR 2 * passing >= accounts THEN 'vpn'
          WHEN addresses_per_account >= 2 THEN 'mobile'
          ELSE 'campus' END
      WHEN (h.guests >= 3 AND h.guest_countries >= 3 AND h.top_guest <= 0.6)
        OR most_settled >= 8
        OR (machine_accounts >= 4 AND 3 * virtual_accounts >= 2 * machine_accounts)
        THEN 'hosting'
      WHEN 2 * residents >= accounts THEN 'residential' END) AS class
FROM block b
LEFT JOIN country c ON c.block = b.block
LEFT JOIN host h ON h.network = b.network
LEFT JOIN given g ON g.block = b.block
