-- The machines of several accounts restart together, again and again, when others do not
-- (own.restart_member); Bonferroni over accounts.
WITH member AS (
  SELECT m.*, o.everybody AS accounts, came_first(o.created_at, m.lockstep) AS leads,
    count(*) OVER (PARTITION BY m.lockstep) AS n
  FROM own.restart_member m JOIN features.account_order o ON o.account_id = m.account_id
  WHERE m.kept >= $least_events AND m.days >= 2 AND m.llr >= ln(o.everybody) + 2
  QUALIFY n >= $least_accounts
),
team AS (SELECT lockstep, some_of(account_id) AS ids FROM member GROUP BY lockstep),
hall AS (
  -- The most frequent address block of the members' machines.
  SELECT lockstep, max(n) AS n
  FROM (
    SELECT m.lockstep, count(DISTINCT m.account_id) AS n
    FROM member m JOIN features.account_address a ON a.account_id = m.account_id WHERE a.messages > 0
    GROUP BY m.lockstep, a.block
  )
  GROUP BY lockstep
)
SELECT m.account_id AS subject_id,
  unnest(CASE WHEN m.leads OR m.ahead * 2 > m.kept THEN ['first']
    WHEN m.kept > $least_events AND m.llr - ln(m.accounts) >= $lockstep_nats THEN ['similar', 'lockstep']
    ELSE ['similar'] END) AS level,
  concat('restarts ', m.lockstep) AS value, others(t.ids, m.account_id) AS related, m.accounts AS tested,
  CAST(json_object('accounts', m.n, 'common_events', m.events, 'kept', m.kept, 'days', m.days,
    'most_in_one_address_block', coalesce(h.n, 0), 'llr_nats', round(m.llr, 1)) AS VARCHAR) AS facts,
  m.first_at, m.last_at
FROM member m JOIN team t ON t.lockstep = m.lockstep LEFT JOIN hall h ON h.lockstep = m.lockstep
WHERE coalesce(h.n, 0) < $hall_share * m.n
