-- Several accounts repeat an action (a daily check-in) within the same minutes, day after day, at changing
-- times of day (features.action_member); Bonferroni over the accounts that repeat anything.
WITH judged AS (
  SELECT *, llr - ln(everybody) AS nats, count(*) OVER (PARTITION BY cadence) AS n
  FROM features.action_member WHERE kept >= $least_days AND llr - ln(everybody) >= 2
  QUALIFY n >= $least_accounts
),
team AS (SELECT cadence, some_of(account_id) AS ids FROM judged GROUP BY cadence)
SELECT account_id AS subject_id,
  unnest(CASE WHEN ahead * 2 > kept THEN ['first']
    WHEN nats >= $lockstep_nats AND kept >= $lockstep_share * days THEN ['similar', 'lockstep']
    ELSE ['similar'] END) AS level,
  concat('moments ', cadence) AS value, others(ids, account_id) AS related, everybody AS tested,
  CAST(json_object('accounts', n, 'days', days, 'kept', kept, 'ahead', ahead,
    'llr_nats', round(llr, 1)) AS VARCHAR) AS facts,
  first_at, last_at
FROM judged JOIN team USING (cadence)
