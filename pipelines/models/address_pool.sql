-- Sets of accounts that take turns on the same addresses in different networks: a proxy pool. One row per
-- member: its pool, named after the pair of addresses that most share; how many of the pool's addresses (seen
-- with two members) it used, and in how many networks; and to how many of those, in how many networks, it
-- came after another member had. An address that it had when the network first heard its machines counts as
-- not come to: who was there first is not known.
WITH grouped AS (
  SELECT DISTINCT p.account_id,
    max(struct_pack(s := p.strength, t := p.token)) OVER (PARTITION BY g.component).t AS pool
  FROM features.pool_pair p JOIN features.pool_group g ON g.member = p.account_id
),
common AS (
  SELECT g.account_id, g.pool, h.network, h.first_at,
    min(h.first_at) OVER (PARTITION BY g.pool, h.address) AS opened_at
  FROM grouped g JOIN features.address_held h ON h.account_id = g.account_id
  QUALIFY count(*) OVER (PARTITION BY g.pool, h.address) >= 2
),
started AS (
  SELECT account_id, min(first_at) AS started_at
  FROM features.account_address WHERE messages > 0 GROUP BY account_id
)
SELECT c.account_id, c.pool, count(*) AS addresses, count(DISTINCT c.network) AS networks,
  count(*) FILTER (WHERE c.first_at > greatest(c.opened_at, s.started_at)) AS came_after,
  count(DISTINCT c.network) FILTER (WHERE c.first_at
        > greatest(c.opened_at, s.started_at)) AS came_after_networks
FROM common c LEFT JOIN started s ON s.account_id = c.account_id
GROUP BY c.account_id, c.pool HAVING count(*) >= 3 AND count(DISTINCT c.network) >= 2
