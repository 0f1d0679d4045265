-- A set of accounts fills rented address blocks: all that was ever seen of these accounts, registration and
-- machines alike, comes from a few blocks of a hoster in which each has an address of its own and hardly
-- anyone else is.
WITH full_block AS (
  SELECT block FROM own.seat WHERE eligible AND known GROUP BY block HAVING count(*) >= $least_tenants
),
tenant AS (
  SELECT account_id
  FROM own.seat LEFT JOIN full_block f USING (block)
  GROUP BY account_id HAVING bool_and(eligible) AND count(*) = count(f.block)
),
placed AS (
  SELECT s.*, t.account_id IS NOT NULL AS tenant
  FROM own.seat s LEFT JOIN tenant t ON t.account_id = s.account_id
),
blocks AS (
  SELECT block, wide, class, count(*) AS accounts, count(*) FILTER (WHERE tenant AND known) AS tenants,
    count(*) FILTER (WHERE NOT tenant) AS strangers,
    count(*) FILTER (WHERE tenant AND messages > 0) AS machines_of,
    -- Accounts in the network's other blocks, per block.
    (sum(count(*)) OVER (PARTITION BY wide) - count(*) + 1.0)
      / CASE WHEN block LIKE '%:%' THEN $v6_blocks ELSE $v4_blocks END AS rate,
    count(*) OVER () AS tested_blocks
  FROM placed GROUP BY block, wide, class
),
odd AS (
  SELECT *, poisson_nats(tenants, rate) - ln(tested_blocks) AS nats,
    strangers > $most_strangers * accounts AS crowded
  FROM blocks WHERE tenants >= $least_tenants
),
seated AS (
  SELECT p.*, b.* EXCLUDE (block, wide, class), p.messages > 0 AND NOT b.crowded AS at_home,
    bool_or(p.messages > 0 AND NOT b.crowded) OVER (PARTITION BY p.account_id) AS housed,
    -- By registration and by when the network first saw it in the block: the earlier of the two counts.
    least(row_number() OVER (PARTITION BY p.block ORDER BY p.first_at, p.account_id),
      row_number() OVER (PARTITION BY p.block ORDER BY p.upto, p.account_id)) AS i
  FROM placed p JOIN odd b ON b.block = p.block WHERE p.tenant
),
spread AS (
  SELECT block, others_share(max(upto) - min(upto), count(*), count(*), everybody) AS share,
    some_of(account_id) AS ids
  FROM seated GROUP BY block, everybody
)
SELECT p.account_id AS subject_id,
  unnest(CASE WHEN p.i <= 2 THEN ['first']
    WHEN NOT p.known OR p.crowded OR p.class IS DISTINCT FROM 'hosting' THEN ['loose']
    WHEN p.nats >= $rented_nats AND p.tenants >= $rented_tenants THEN ['likely', 'rented']
    ELSE ['likely'] END) AS level,
  p.block AS value, others(s.ids, p.account_id) AS related, p.everybody AS tested,
  CAST(json_object('tenants', p.tenants, 'with_machines_here', p.machines_of, 'strangers', p.strangers,
    'came_as', p.i, 'own_addresses', p.addresses, 'expected_by_chance', round(p.rate, 3),
    'place', coalesce(p.class, 'unknown'), 'share_of_registrations', round(s.share, 3),
    'nats', round(p.nats, 1)) AS VARCHAR) AS facts,
  p.first_at, p.last_at
FROM seated p JOIN spread s ON s.block = p.block
WHERE p.nats >= $least_nats AND (p.at_home OR NOT p.housed)
  AND s.share <= CASE WHEN p.class = 'hosting' THEN 0.5 ELSE $unknown_spread END
