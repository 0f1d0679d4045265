-- An operator refers its own accounts: referrers that were themselves just opened, again and again, in one
-- tree. The tree's n members registered within the share f of everybody else's registrations: scan bound,
-- Bonferroni over trees.
WITH member AS (
  -- A tree is named after its oldest account.
  SELECT t.component, o.account_id, o.created_at, o.upto, o.everybody, y.referrer_id,
    min(struct_pack(t := o.created_at, id := o.account_id)) OVER (PARTITION BY t.component).id AS tree,
    count(o.block) OVER (PARTITION BY t.component, o.block) AS neighbours
  FROM own.referral_tree t
  JOIN features.account_order o ON o.account_id = t.member
  LEFT JOIN own.young_referral y ON y.account_id = t.member
),
tree AS (
  SELECT tree, count(*) AS n, count(DISTINCT referrer_id) AS referrers, everybody,
    others_share(max(upto) - min(upto), count(*), count(*), everybody) AS share,
    count(*) FILTER (WHERE neighbours >= $least_neighbours) AS together, min(created_at) AS first_at,
    max(created_at) AS last_at, some_of(account_id) AS ids
  FROM member GROUP BY tree, everybody HAVING count(*) >= $least_accounts
),
judged AS (
  SELECT *, scan_nats(n, n, share) - ln(count(*) OVER ()) AS nats, together * 2 >= n AS housed FROM tree
)
SELECT m.account_id AS subject_id,
  unnest(CASE WHEN m.referrer_id IS NULL THEN ['root']
    WHEN j.nats >= $member_nats AND j.n > $least_accounts AND j.housed AND m.neighbours >= $least_neighbours
      THEN ['loose', 'member']
    ELSE ['loose'] END) AS level,
  concat('tree under ', j.tree) AS value, others(j.ids, m.account_id) AS related, j.everybody AS tested,
  CAST(json_object('accounts', j.n, 'referrers', j.referrers, 'from_shared_networks', j.together,
    'hours', round((j.last_at - j.first_at) / hour_ms(), 2), 'share_of_registrations', round(j.share, 4),
    'nats', round(j.nats, 1)) AS VARCHAR) AS facts,
  j.first_at, j.last_at
FROM judged j JOIN member m ON m.tree = j.tree
WHERE j.nats >= $loose_nats AND j.share <= $most_share
  AND (j.housed OR j.referrers >= $least_referrers AND j.referrers >= $referrer_part * j.n)
