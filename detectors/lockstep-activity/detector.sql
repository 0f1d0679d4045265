-- The machines of several accounts restart together, again and again, when others do not.
--
-- Groups come from features.activity_lockstep (three shared half-hours on two days, beyond chance), each member's likelihood
-- ratio over the group's events from own.restart_member; here Bonferroni over accounts. A member needs three events on
-- two days, four for `lockstep`. Groups under five are silent: a household shares its power cuts. Daily habits, updates and regional outages were
-- left out before (features.activity_restart). Mirroring another's restarts is possible, but only after them: an account that
-- the network heard before all other members in most of its common events may have been mirrored, whoever registered earlier,
-- and is `first`, as is the earliest registered one. Guests of one host or tenants of one hall restart with it: where one
-- address block holds three quarters of a group, the group is silent.
WITH member AS (
  SELECT m.*, o.created_at, o.everybody AS accounts FROM own.restart_member m JOIN features.account_order o ON o.account_id = m.account_id
  WHERE m.kept >= 3 AND m.days >= 2 AND m.llr >= ln(o.everybody) + 2
),
team AS (
  SELECT lockstep, count(*) AS n, min(created_at) AS oldest, list(account_id ORDER BY account_id)[1:51] AS ids
  FROM member GROUP BY lockstep HAVING count(*) >= 5
),
hall AS (
  -- The most frequent address block of the members' machines.
  SELECT lockstep, max(n) AS n FROM (
    SELECT m.lockstep, a.block, count(DISTINCT m.account_id) AS n
    FROM member m JOIN features.account_address a ON a.account_id = m.account_id WHERE a.messages > 0
    GROUP BY m.lockstep, a.block
  ) GROUP BY lockstep
)
SELECT m.account_id AS subject_id,
  CASE WHEN m.created_at = t.oldest OR m.ahead * 2 > m.kept THEN 'first' WHEN m.kept >= 4 AND m.llr - ln(m.accounts) >= 5 THEN 'lockstep' ELSE 'similar' END AS level,
  concat('restarts ', m.lockstep) AS value,
  list_filter(t.ids, lambda id: id <> m.account_id)[1:50] AS related, m.accounts AS tested,
  CAST(json_object('accounts', t.n, 'common_events', m.events, 'kept', m.kept, 'days', m.days, 'most_in_one_address_block', coalesce(h.n, 0), 'llr_nats', round(m.llr, 1)) AS VARCHAR) AS facts,
  m.first_at AS first_at, m.last_at AS last_at
FROM member m JOIN team t ON t.lockstep = m.lockstep LEFT JOIN hall h ON h.lockstep = m.lockstep
WHERE coalesce(h.n, 0) * 4 < t.n * 3
