-- An operator refers its own accounts: referrers that were themselves just opened, again and again, in one tree.
--
-- A referral is `young` when the referrer had existed for less than the time in which 1/200 of all other accounts
-- registered, or for less than three days, whichever is longer: a person first uses a network and then brings friends.
-- A tree is a set of accounts joined by young referrals (five rounds of label spreading). Its n members registered
-- within the share f of everybody else's registrations: scan bound over all trees. An influencer is an old account with
-- many referees: none of these referrals is young. The one look-alike left, an influencer who joined yesterday, is told
-- by depth and spread: where all referrals name one account, they count only if most come from the networks (/24, /48) of
-- each other. Trees whose members share no networks may be friends of friends in a lively week: `loose` at most, and
-- nothing once they spread over a tenth of everybody's registrations. Anyone can use the code of an account that a friend
-- referred, so a `member` is itself in a network of three or more of the tree. The root never chose its referees: `root`, and so is any account that is only named.
WITH referral AS (
  SELECT a.account_id, a.referrer_id, c.created_at, c.block, c.everybody,
    c.created_at - p.created_at AS age, c.upto - p.upto AS between_them
  FROM raw.accounts a
  JOIN features.account_order c ON c.account_id = a.account_id
  JOIN features.account_order p ON p.account_id = a.referrer_id
  WHERE a.referrer_id <> a.account_id
),
young AS (
  SELECT * FROM referral WHERE age >= 0 AND (age <= 3 * 86400000 OR between_them * 200 <= everybody)
),
edge AS (
  SELECT account_id AS x, referrer_id AS y FROM young UNION ALL SELECT referrer_id, account_id FROM young
),
-- The label is the (time, id) of the oldest account; ids only break ties between equals, and never reach a verdict.
r0 AS (SELECT DISTINCT e.x AS account_id, struct_pack(t := o.created_at, i := e.x) AS label FROM edge e JOIN features.account_order o ON o.account_id = e.x),
r1 AS (SELECT n.account_id, least(n.label, min(m.label)) AS label FROM r0 n JOIN edge e ON e.x = n.account_id JOIN r0 m ON m.account_id = e.y GROUP BY n.account_id, n.label),
r2 AS (SELECT n.account_id, least(n.label, min(m.label)) AS label FROM r1 n JOIN edge e ON e.x = n.account_id JOIN r1 m ON m.account_id = e.y GROUP BY n.account_id, n.label),
r3 AS (SELECT n.account_id, least(n.label, min(m.label)) AS label FROM r2 n JOIN edge e ON e.x = n.account_id JOIN r2 m ON m.account_id = e.y GROUP BY n.account_id, n.label),
r4 AS (SELECT n.account_id, least(n.label, min(m.label)) AS label FROM r3 n JOIN edge e ON e.x = n.account_id JOIN r3 m ON m.account_id = e.y GROUP BY n.account_id, n.label),
r5 AS (SELECT n.account_id, least(n.label, min(m.label)).i AS tree FROM r4 n JOIN edge e ON e.x = n.account_id JOIN r4 m ON m.account_id = e.y GROUP BY n.account_id, n.label),
member AS (
  SELECT r.tree, r.account_id, o.created_at, o.upto, o.everybody, o.block, y.referrer_id,
    count(o.block) OVER (PARTITION BY r.tree, o.block) AS neighbours
  FROM r5 r JOIN features.account_order o ON o.account_id = r.account_id LEFT JOIN young y ON y.account_id = r.account_id
),
tree AS (
  SELECT tree, count(*) AS n, count(referrer_id) AS referred, count(DISTINCT referrer_id) AS referrers, everybody,
    (greatest(max(upto) - min(upto) - (count(*) - 1), 0) + 1.0) / (everybody - count(*) + 1.0) AS share,
    count(*) FILTER (WHERE neighbours >= 3) AS together,
    min(created_at) AS first_at, max(created_at) AS last_at, list(account_id ORDER BY account_id)[1:51] AS ids
  FROM member GROUP BY tree, everybody HAVING count(*) >= 4
),
judged AS (SELECT *, scan_nats(n, n, share) - ln(count(*) OVER ()) AS nats FROM tree)
SELECT m.account_id AS subject_id,
  CASE WHEN m.referrer_id IS NULL THEN 'root' WHEN j.nats >= 12 AND j.n >= 5 AND j.together * 2 >= j.n AND m.neighbours >= 3 THEN 'member' ELSE 'loose' END AS level,
  concat('tree under ', j.tree) AS value,
  list_filter(j.ids, lambda id: id <> m.account_id)[1:50] AS related, j.everybody AS tested,
  CAST(json_object('accounts', j.n, 'referrers', j.referrers, 'from_shared_networks', j.together,
    'hours', round((j.last_at - j.first_at) / 3600000.0, 2), 'share_of_registrations', round(j.share, 4), 'nats', round(j.nats, 1)) AS VARCHAR) AS facts,
  j.first_at AS first_at, j.last_at AS last_at
FROM judged j JOIN member m ON m.tree = j.tree
WHERE j.nats >= 5 AND j.share <= 0.1 AND (j.referrers >= 3 AND j.referrers * 5 >= j.n OR j.together * 2 >= j.n)
