-- Five or more accounts use one address, or take turns on a pool of addresses in different networks, and joined together.
--
-- `address`: the accounts seen on one address (IPv4 address, IPv6 /64), provided that no other evidence of a public exit
-- exists: their registrations crowd into a window that holds, by everybody else's registrations, too small a share of time
-- (scan bound over the middle four fifths, Bonferroni over addresses). Strangers behind a carrier, a campus or a VPN exit
-- joined when everybody did, so the weight vanishes as unlinked accounts grow. `pool`: the same for accounts that share three
-- or more addresses in two or more wide networks (features.address_pool). Families (two to four accounts) are silent.
WITH member AS (
  SELECT 'address' AS level, a.address AS value, a.account_id, a.first_at, a.last_at, 1 AS addresses
  FROM features.account_address a
  UNION ALL
  SELECT 'pool', p.pool, p.account_id, min(a.first_at), max(a.last_at), p.addresses
  FROM features.address_pool p JOIN features.account_address a ON a.account_id = p.account_id
  GROUP BY ALL
),
placed AS (
  SELECT m.*, o.upto, o.everybody, count(*) OVER (PARTITION BY m.level, m.value) AS n,
    row_number() OVER (PARTITION BY m.level, m.value ORDER BY o.upto, m.account_id) AS i
  FROM member m JOIN features.account_order o ON o.account_id = m.account_id
),
crowd AS (
  SELECT level, value, n, everybody, n - 2 * (n // 10) AS k,
    (greatest(max(upto) FILTER (WHERE i <= n - n // 10) - min(upto) FILTER (WHERE i > n // 10) - (n - 2 * (n // 10)), 0) + 1.0)
      / (everybody - n + 1.0) AS share,
    min(first_at) AS first_at, max(last_at) AS last_at, list(account_id ORDER BY account_id)[1:51] AS ids
  FROM placed WHERE n >= 5
  GROUP BY level, value, n, everybody
),
judged AS (
  SELECT *, scan_nats(n, k, share) - ln(count(*) OVER (PARTITION BY level)) AS nats FROM crowd
)
SELECT p.account_id AS subject_id, j.level AS level, concat(j.level, ' ', j.value) AS value,
  list_filter(j.ids, lambda id: id <> p.account_id)[1:50] AS related, j.everybody AS tested,
  CAST(json_object('accounts', j.n, 'addresses', p.addresses, 'share_of_registrations', round(j.share, 4), 'nats', round(j.nats, 1)) AS VARCHAR) AS facts,
  p.first_at AS first_at, p.last_at AS last_at
FROM judged j JOIN placed p ON p.level = j.level AND p.value = j.value
WHERE j.nats >= 7 AND j.share <= 0.5
