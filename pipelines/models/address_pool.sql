-- Sets of accounts that take turns on the same addresses in different networks: a proxy pool. Two accounts are alike when
-- both were seen on the same two addresses of different networks (the autonomous system where known, else /16, /32); one carrier or
-- one home gives neighbours, not that. Addresses whose accounts look like the public are left out first: the blocks of carriers,
-- campuses and VPN exits (features.address_class), and five or more accounts whose middle four fifths registered over more than half of
-- all other registrations.
-- One row per member: its pool; how many of the pool's addresses (seen with two members) it used, and in how many networks;
-- and to how many of those, in how many networks, it came after another member had. An address that it had when the network first heard
-- its machines counts as not come to: who was there first is not known. The strongest label spreads four rounds: pools wider than
-- eight links stay in parts.
WITH ranked AS (
  SELECT a.account_id, a.address, a.network, a.first_at, o.upto, o.everybody,
    row_number() OVER (PARTITION BY a.address ORDER BY o.upto, a.account_id) AS i, count(*) OVER (PARTITION BY a.address) AS n
  FROM features.account_address a
  JOIN features.account_order o ON o.account_id = a.account_id
  JOIN features.address_class c ON c.block = a.block
  WHERE c.class IS NULL OR c.class NOT IN ('mobile', 'campus', 'vpn')
),
spread AS (
  SELECT address, network, max(n) AS n,
    (max(upto) FILTER (WHERE i <= n - n // 10) - min(upto) FILTER (WHERE i > n // 10) - (n - 2 * (n // 10)))
      / greatest(max(everybody) - max(n), 1.0) AS share
  FROM ranked GROUP BY address, network, n HAVING count(*) >= 2
),
held AS (
  SELECT r.account_id, r.address, r.network, r.first_at, s.n, row_number() OVER (PARTITION BY r.account_id ORDER BY s.n, r.address) AS rarity
  FROM ranked r JOIN spread s ON s.address = r.address
  WHERE NOT (s.n >= 5 AND s.share > 0.5)
),
pair AS (
  SELECT a.account_id, concat(a.address, ' & ', b.address) AS token
  FROM held a JOIN held b ON b.account_id = a.account_id AND a.address < b.address AND a.network <> b.network
  WHERE a.rarity <= 12 AND b.rarity <= 12
),
used AS (SELECT token, count(*) AS strength FROM pair GROUP BY token HAVING count(*) >= 2),
member AS (SELECT p.account_id, u.token, u.strength FROM pair p JOIN used u ON u.token = p.token),
round0 AS (SELECT account_id, max(struct_pack(s := strength, t := token)) AS label FROM member GROUP BY account_id),
token1 AS (SELECT token, max(label) AS label FROM member JOIN round0 USING (account_id) GROUP BY token),
round1 AS (SELECT account_id, max(label) AS label FROM member JOIN token1 USING (token) GROUP BY account_id),
token2 AS (SELECT token, max(label) AS label FROM member JOIN round1 USING (account_id) GROUP BY token),
round2 AS (SELECT account_id, max(label) AS label FROM member JOIN token2 USING (token) GROUP BY account_id),
token3 AS (SELECT token, max(label) AS label FROM member JOIN round2 USING (account_id) GROUP BY token),
round3 AS (SELECT account_id, max(label) AS label FROM member JOIN token3 USING (token) GROUP BY account_id),
token4 AS (SELECT token, max(label) AS label FROM member JOIN round3 USING (account_id) GROUP BY token),
grouped AS (SELECT account_id, max(label).t AS pool FROM member JOIN token4 USING (token) GROUP BY account_id),
common AS (
  SELECT g.pool, h.address, min(h.first_at) AS opened_at FROM grouped g JOIN held h ON h.account_id = g.account_id GROUP BY ALL HAVING count(*) >= 2
),
started AS (SELECT account_id, min(first_at) AS started_at FROM features.account_address WHERE messages > 0 GROUP BY account_id)
SELECT g.account_id, g.pool, count(*) AS addresses, count(DISTINCT h.network) AS networks,
  count(*) FILTER (WHERE h.first_at > greatest(c.opened_at, s.started_at)) AS came_after,
  count(DISTINCT h.network) FILTER (WHERE h.first_at > greatest(c.opened_at, s.started_at)) AS came_after_networks
FROM grouped g
JOIN held h ON h.account_id = g.account_id
JOIN common c ON c.pool = g.pool AND c.address = h.address
LEFT JOIN started s ON s.account_id = g.account_id
GROUP BY ALL
HAVING count(*) >= 3 AND count(DISTINCT h.network) >= 2
