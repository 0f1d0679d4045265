-- Stays of accounts on one address or pool of addresses: a row per account and `value`. Stays on an address
-- overlap, or follow within a day, the time for which addresses are leased at least; whoever had the address
-- before or after is of another tenure. Blocks of carriers, campuses and VPN exits are left out.
WITH ordered AS (
  SELECT a.account_id, a.address, a.first_at, a.last_at,
    a.first_at
      > day_ms()
        + max(a.last_at) OVER (PARTITION BY a.address ORDER BY a.first_at, a.account_id
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS opens
  FROM features.account_address a JOIN features.address_class c ON c.block = a.block
  WHERE c.class IS NULL OR c.class NOT IN ('mobile', 'campus', 'vpn')
  QUALIFY count(*) OVER (PARTITION BY a.address) >= $least_accounts
),
tenure AS (
  SELECT *,
    1
      + count(*) FILTER (WHERE opens) OVER (PARTITION BY address ORDER BY first_at, account_id
        ROWS UNBOUNDED PRECEDING) AS part
  FROM ordered
)
SELECT 'address' AS kind,
  concat('address ', address, CASE WHEN part > 1 THEN concat(' tenure ', part) END) AS value, account_id,
  first_at, last_at, 1 AS addresses, 1 AS networks, 0 AS came_after, 0 AS came_after_networks
FROM tenure
UNION ALL
SELECT 'pool', concat('pool ', p.pool), p.account_id, min(a.first_at), max(a.last_at), p.addresses,
  p.networks, p.came_after, p.came_after_networks
FROM features.address_pool p JOIN features.account_address a ON a.account_id = p.account_id GROUP BY ALL
