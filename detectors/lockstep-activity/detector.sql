-- The machines of several accounts restart together, again and again, when others do not.
--
-- Groups come from features.activity_lockstep (three shared half-hours on two days, beyond chance). Each member is then
-- judged alone: the half-hours in which at least three members and a third of the group restarted are the group's; a member
-- needs three of them on two days. Log-likelihood ratio over the group's half-hours: present with probability 0.7 for a
-- member, with the population's share (times the account's own busyness) for a stranger, and Bonferroni over accounts.
-- Groups under five are silent: a household shares its power cuts. Daily habits, updates and regional outages were left out before
-- (features.activity_restart). Mirroring another's restarts is possible, but only after them: an account that the network
-- heard before all other members in most of its common half-hours may have been mirrored, whoever registered earlier, and
-- is `first`, as is the earliest registered one. Guests of one host or tenants of one hall restart with it: where one address
-- block holds three quarters of a group, the group is silent.
WITH present AS (
  SELECT g.lockstep, r.account_id, r.phase, r.bin, r.share, r.everybody,
    r.seen_at = min(r.seen_at) OVER (PARTITION BY g.lockstep, r.phase, r.bin)
      AND count(*) OVER (PARTITION BY g.lockstep, r.phase, r.bin, r.seen_at) = 1 AS ahead
  FROM features.activity_lockstep g JOIN features.activity_restart r ON r.account_id = g.account_id
),
-- A holder of many machines restarts in many half-hours: its chance share grows with its own count.
weight AS (
  SELECT account_id, greatest(count(*) / (SELECT count(*) / count(DISTINCT account_id) FROM features.activity_restart), 1.0) AS busy
  FROM features.activity_restart GROUP BY account_id
),
size AS (SELECT lockstep, count(*) AS n FROM features.activity_lockstep GROUP BY lockstep),
-- One phase per group: the one in which its triple stands.
beat AS (
  SELECT p.lockstep, p.bin, greatest(max(p.share), 0.001) AS share
  FROM present p JOIN size s ON s.lockstep = p.lockstep
  WHERE p.phase = CAST(split_part(p.lockstep, ' ', 1) AS INTEGER)
  GROUP BY p.lockstep, p.bin, s.n HAVING count(*) >= 3 AND count(*) * 3 >= s.n
),
scored AS (
  SELECT g.lockstep, g.account_id, w.busy, count(*) AS beats, count(p.bin) AS kept, count(*) FILTER (WHERE p.ahead) AS ahead, count(DISTINCT idiv(p.bin, 48)) AS days,
    min(p.bin) * 1800000 AS first_at, (max(p.bin) + 1) * 1800000 AS last_at,
    fsum(CASE WHEN p.bin IS NOT NULL THEN ln(0.7 / least(b.share * w.busy, 0.7)) ELSE ln(0.3 / (1 - least(b.share * w.busy, 0.7))) END) AS llr
  FROM features.activity_lockstep g
  JOIN weight w ON w.account_id = g.account_id
  JOIN beat b ON b.lockstep = g.lockstep
  LEFT JOIN present p ON p.account_id = g.account_id AND p.bin = b.bin AND p.phase = CAST(split_part(g.lockstep, ' ', 1) AS INTEGER)
  GROUP BY ALL
),
member AS (
  SELECT s.*, o.created_at, o.everybody FROM scored s JOIN features.account_order o ON o.account_id = s.account_id
  WHERE s.kept >= 3 AND s.days >= 2 AND s.llr >= ln(o.everybody) + 2
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
  CASE WHEN m.created_at = t.oldest OR m.ahead * 2 > m.kept THEN 'first' WHEN m.llr - ln(m.everybody) >= 5 THEN 'lockstep' ELSE 'similar' END AS level,
  concat('restarts ', m.lockstep) AS value,
  list_filter(t.ids, lambda id: id <> m.account_id)[1:50] AS related, m.everybody AS tested,
  CAST(json_object('accounts', t.n, 'common_half_hours', m.beats, 'kept', m.kept, 'days', m.days, 'most_in_one_address_block', coalesce(h.n, 0), 'llr_nats', round(m.llr, 1)) AS VARCHAR) AS facts,
  m.first_at AS first_at, m.last_at AS last_at
FROM member m JOIN team t ON t.lockstep = m.lockstep LEFT JOIN hall h ON h.lockstep = m.lockstep
WHERE coalesce(h.n, 0) * 4 < t.n * 3
