-- Addresses that few enough share to tie accounts to each other: one row per account and address. Left out is
-- what looks like the public: the blocks of carriers, campuses and VPN exits (features.address_class), and
-- five or more accounts whose middle four fifths registered over more than half of all other registrations.
-- `n` counts the accounts on the address, `rarity` numbers an account's addresses by it.
WITH ranked AS (
  SELECT a.account_id, a.address, a.network, a.first_at, o.upto, o.everybody,
    count(*) OVER (PARTITION BY a.address) AS n,
    row_number() OVER (PARTITION BY a.address ORDER BY o.upto, a.account_id) AS i
  FROM features.account_address a
  JOIN features.account_order o ON o.account_id = a.account_id
  JOIN features.address_class c ON c.block = a.block
  WHERE c.class IS NULL OR c.class NOT IN ('mobile', 'campus', 'vpn')
),
spread AS (
  SELECT address
  FROM ranked WHERE n >= 2
  GROUP BY address, n, everybody HAVING n < 5 OR middle_share(upto, i, n, 10, everybody) <= 0.5
)
SELECT account_id, address, network, first_at, n,
  row_number() OVER (PARTITION BY account_id ORDER BY n, address) AS rarity
FROM ranked JOIN spread USING (address)
