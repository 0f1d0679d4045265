-- Several accounts repeat an action (a daily check-in) within the same minutes, day after day, at changing times of day.
--
-- Groups and the log-likelihood ratio of each member are in features.action_group and features.action_member; here
-- Bonferroni over the accounts that repeat anything. An account needs four days with the group, and three of four days
-- for `lockstep`: many follow a channel's call, but not always and at once. Whoever was the earliest on
-- most of its days may have been followed: `first`. Groups under five are silent: a household has one breakfast.
WITH judged AS (
  SELECT *, CASE
    WHEN ahead * 2 > kept THEN 'first'
    WHEN llr - ln(everybody) >= 5 AND kept * 4 >= days * 3 THEN 'lockstep' ELSE 'similar' END AS level
  FROM features.action_member WHERE kept >= 4 AND llr - ln(everybody) >= 2
),
size AS (
  SELECT cadence, count(*) AS n, list(account_id ORDER BY account_id)[1:51] AS ids FROM judged GROUP BY cadence HAVING count(*) >= 5
)
SELECT j.account_id AS subject_id, j.level AS level, concat('moments ', j.cadence) AS value,
  list_filter(s.ids, lambda id: id <> j.account_id)[1:50] AS related, j.everybody AS tested,
  CAST(json_object('accounts', s.n, 'days', j.days, 'kept', j.kept, 'ahead', j.ahead, 'llr_nats', round(j.llr, 1)) AS VARCHAR) AS facts,
  j.first_at AS first_at, j.last_at AS last_at
FROM judged j JOIN size s USING (cadence)
