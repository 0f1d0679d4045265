-- A set of accounts fills rented address blocks (IPv4 /24, IPv6 /48): all that was ever seen of these accounts, registration
-- and machines alike, comes from a few blocks of a hoster in which each has an address of its own and hardly anyone else is.
--
-- An account is a tenant if it registered from a known block, has machines that spoke, was seen in one to four blocks, in
-- each on an address that at most three accounts use, and three or more other such accounts were seen in each of its blocks.
-- A customer of a cloud registers at home, where nobody else is, and so is none; nor are a workshop's guests, who
-- register through one door. Null: a network's (/16, /32) accounts fall on its blocks alike. With k tenants in a block and a rate
-- from all accounts in the network's other blocks, Chernoff's bound of the Poisson tail, Bonferroni over blocks. Dense networks raise
-- the rate, so the weight vanishes where neighbours are usual. Times of registration do not enter, but for this: tenants who came
-- over more than half of everybody's registrations (a fifth, where the network may be anything) are neighbours, and nothing is said.
-- A finding stands at the block of the machines; at that of the registration for tenants whose machines stand among strangers.
--
-- `first`: the two earliest tenants of a block could not know who would follow. `loose`: strangers hold more than a fifth of
-- the block's accounts, or nothing tells that the network is a hoster's, or nobody knows from where the account registered. Silent below
-- four tenants and 7 nats, in carriers' networks, campuses, VPN exits, and homes by the user's word (features.address_class).
WITH crowd AS (SELECT address, count(*) AS crowd FROM features.account_address GROUP BY address),
seat AS (
  SELECT a.account_id, a.block, a.wide, max(c.crowd) AS crowd, CAST(sum(a.messages) AS BIGINT) AS messages, count(*) AS addresses,
    min(a.first_at) AS first_at, max(a.last_at) AS last_at
  FROM features.account_address a JOIN crowd c ON c.address = a.address
  GROUP BY a.account_id, a.block, a.wide
),
own AS (
  -- Accounts that could be tenants as far as they themselves go.
  SELECT s.account_id, o.block IS NOT NULL AS known FROM seat s
  JOIN features.account_order o ON o.account_id = s.account_id
  JOIN features.address_class c ON c.block = s.block
  GROUP BY s.account_id, o.block
  HAVING count(*) <= 4 AND max(s.crowd) <= 3 AND max(s.messages) > 0 AND bool_and(c.class IS NULL OR c.class = 'hosting' OR (c.class = 'residential' AND NOT c.given))
),
full_block AS (SELECT s.block FROM seat s JOIN own o ON o.account_id = s.account_id WHERE o.known GROUP BY s.block HAVING count(*) >= 4),
tenant AS (
  SELECT s.account_id, o.known FROM seat s JOIN own o ON o.account_id = s.account_id LEFT JOIN full_block b ON b.block = s.block
  GROUP BY s.account_id, o.known HAVING count(*) = count(b.block)
),
density AS (SELECT wide, count(*) AS n FROM seat GROUP BY wide),
blocks AS (
  SELECT s.block, s.wide, count(*) AS accounts, count(*) FILTER (WHERE t.known) AS tenants, count(*) FILTER (WHERE t.account_id IS NULL) AS strangers,
    count(*) FILTER (WHERE t.account_id IS NOT NULL AND s.messages > 0) AS machines_of
  FROM seat s LEFT JOIN tenant t ON t.account_id = s.account_id
  GROUP BY s.block, s.wide
),
judged AS (
  SELECT b.*, c.class, (d.n - b.accounts + 1.0) / CASE WHEN b.block LIKE '%:%' THEN 65535 ELSE 255 END AS rate,
    (SELECT count(*) FROM blocks) AS tested_blocks
  FROM blocks b JOIN density d ON d.wide = b.wide JOIN features.address_class c ON c.block = b.block
  WHERE b.tenants >= 4
),
odd AS (
  SELECT *, tenants * ln(greatest(tenants / rate, 1)) - greatest(tenants - rate, 0) - ln(tested_blocks) AS nats,
    5 * strangers > accounts AS crowded
  FROM judged
),
placed AS (
  SELECT s.*, t.known, o.upto, o.everybody, b.class, b.nats, b.rate, b.strangers, b.tenants, b.crowded, b.machines_of,
    -- By registration and by when the network first saw it in the block: the earlier of the two counts.
    least(row_number() OVER (PARTITION BY s.block ORDER BY s.first_at, s.account_id), row_number() OVER (PARTITION BY s.block ORDER BY o.upto, s.account_id)) AS i,
    s.messages > 0 AND NOT b.crowded AS at_home,
    bool_or(s.messages > 0 AND NOT b.crowded) OVER (PARTITION BY s.account_id) AS housed
  FROM seat s
  JOIN tenant t ON t.account_id = s.account_id
  JOIN features.account_order o ON o.account_id = s.account_id
  JOIN odd b ON b.block = s.block
),
spread AS (
  SELECT block, greatest(max(upto) - min(upto) - count(*), 0) / greatest(max(everybody) - count(*), 1.0) AS share,
    list(account_id ORDER BY account_id)[1:51] AS ids
  FROM placed GROUP BY block
)
SELECT p.account_id AS subject_id,
  CASE WHEN p.i <= 2 THEN 'first' WHEN NOT p.known OR p.crowded OR p.class IS DISTINCT FROM 'hosting' THEN 'loose'
    WHEN p.nats >= 12 AND p.tenants >= 6 THEN 'rented' ELSE 'likely' END AS level,
  p.block AS value,
  list_filter(s.ids, lambda id: id <> p.account_id)[1:50] AS related, p.everybody AS tested,
  CAST(json_object('tenants', p.tenants, 'with_machines_here', p.machines_of, 'strangers', p.strangers, 'came_as', p.i, 'own_addresses', p.addresses,
    'expected_by_chance', round(p.rate, 3), 'place', coalesce(p.class, 'unknown'), 'share_of_registrations', round(s.share, 3), 'nats', round(p.nats, 1)) AS VARCHAR) AS facts,
  p.first_at AS first_at, p.last_at AS last_at
FROM placed p JOIN spread s ON s.block = p.block
WHERE p.nats >= 7 AND (p.at_home OR NOT p.housed) AND s.share <= CASE WHEN p.class = 'hosting' THEN 0.5 ELSE 0.2 END
