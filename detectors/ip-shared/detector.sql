-- Five or more accounts use one address at overlapping times, or take turns on a pool of addresses in different networks, and
-- joined together.
--
-- `address`: accounts that were seen on one address (IPv4 address; IPv6 prefix of a subscriber) in stays that overlap, or follow within a
-- day, the time for which addresses are leased at least; whoever had the address before or after is not of the group. Blocks of
-- carriers, campuses and VPN exits are left out (features.address_class). Everywhere else the registrations must crowd into a
-- window that holds, by everybody else's registrations, too small a share of time (scan bound over the middle four fifths
-- or three fifths, Bonferroni over both and over addresses): strangers behind one exit joined when everybody did, so the weight vanishes as unlinked accounts grow.
-- Anyone can come to an address, so this implicates nobody alone. `pool`: the same for accounts that share three or more
-- addresses in two or more networks (features.address_pool).
--
-- `follows-pool`: of a pool, an account that came to three or more of the addresses in two or more networks, and to a third of those
-- that it used, when other members had been there; and that registered no farther from the pool's window than it is wide, with at least
-- two members before it.
-- To make a stranger look so, one must be in each of his networks before him, with accounts older than his. Families (two
-- to four accounts) are silent.
WITH open_address AS (
  SELECT a.account_id, a.address, a.first_at, a.last_at, count(*) OVER (PARTITION BY a.address) AS n
  FROM features.account_address a JOIN features.address_class c ON c.block = a.block
  WHERE c.class IS NULL OR c.class NOT IN ('mobile', 'campus', 'vpn')
),
stay AS (
  SELECT *, CASE WHEN first_at <= 86400000 + max(last_at) OVER
    (PARTITION BY address ORDER BY first_at, account_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0 ELSE 1 END AS opens
  FROM open_address WHERE n >= 5
),
tenure AS (SELECT *, sum(opens) OVER (PARTITION BY address ORDER BY first_at, account_id ROWS UNBOUNDED PRECEDING) AS part FROM stay),
member AS (
  SELECT 'address' AS kind, concat('address ', address, CASE WHEN part > 1 THEN concat(' tenure ', part) ELSE '' END) AS value,
    account_id, first_at, last_at, 1 AS addresses, 1 AS networks, 0 AS came_after, 0 AS came_after_networks
  FROM tenure
  UNION ALL
  SELECT 'pool', concat('pool ', p.pool), p.account_id, min(a.first_at), max(a.last_at), p.addresses, p.networks, p.came_after, p.came_after_networks
  FROM features.address_pool p JOIN features.account_address a ON a.account_id = p.account_id
  GROUP BY ALL
),
placed AS (
  SELECT m.*, o.upto, o.everybody, count(*) OVER (PARTITION BY m.value) AS n,
    row_number() OVER (PARTITION BY m.value ORDER BY o.upto, m.account_id) AS i
  FROM member m JOIN features.account_order o ON o.account_id = m.account_id
),
crowd AS (
  SELECT kind, value, n, everybody, n - 2 * (n // part) AS k,
    (greatest(max(upto) FILTER (WHERE i <= n - n // part) - min(upto) FILTER (WHERE i > n // part) - (n - 2 * (n // part)), 0) + 1.0)
      / (everybody - n + 1.0) AS share,
    min(upto) FILTER (WHERE i > n // part) AS low, max(upto) FILTER (WHERE i <= n - n // part) AS high,
    list(account_id ORDER BY account_id)[1:51] AS ids
  FROM placed CROSS JOIN (VALUES (10), (5)) t(part) WHERE n >= 5
  GROUP BY kind, value, n, everybody, part
),
tried AS (SELECT *, scan_nats(n, k, share) - ln(count(*) OVER (PARTITION BY kind)) AS nats FROM crowd),
judged AS (SELECT * FROM tried WHERE share <= 0.5 QUALIFY row_number() OVER (PARTITION BY value ORDER BY nats DESC, k DESC) = 1)
SELECT p.account_id AS subject_id,
  CASE WHEN p.kind = 'address' THEN 'address'
    WHEN p.came_after >= 3 AND p.came_after_networks >= 2 AND 3 * p.came_after >= p.addresses
      AND p.i > 2 AND p.upto BETWEEN 2 * j.low - j.high AND 2 * j.high - j.low THEN 'follows-pool' ELSE 'pool' END AS level,
  p.value AS value,
  list_filter(j.ids, lambda id: id <> p.account_id)[1:50] AS related, j.everybody AS tested,
  CAST(json_object('accounts', j.n, 'addresses', p.addresses, 'networks', p.networks, 'came_after_others', p.came_after,
    'share_of_registrations', round(j.share, 4), 'nats', round(j.nats, 1)) AS VARCHAR) AS facts,
  p.first_at AS first_at, p.last_at AS last_at
FROM judged j JOIN placed p ON p.value = j.value
WHERE j.nats >= 7
