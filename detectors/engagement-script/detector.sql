-- One script clicks through the missions of many accounts: the same order with the same pauses
-- (features.script_member).
WITH judged AS (
  SELECT m.*, n_log, count(*) OVER (PARTITION BY script) AS n
  FROM features.script_member m
  CROSS JOIN (SELECT ln(greatest(count(DISTINCT script), 1)) AS n_log FROM features.script_member)
  WHERE llr >= greatest($similar_llr, n_log + 2) AND matched >= $least_matched AND NOT class
  QUALIFY n >= $least_accounts
),
team AS (SELECT script, some_of(account_id) AS ids FROM judged GROUP BY script)
SELECT account_id AS subject_id,
  unnest(CASE WHEN NOT followed THEN ['first']
    ELSE list_concat(['similar'], CASE WHEN llr >= greatest($script_llr, n_log + $margin) THEN ['script'] END,
      CASE WHEN llr >= greatest($identical_llr, n_log + $margin) AND exact >= $least_exact
          THEN ['identical'] END) END) AS level,
  script AS value, others(ids, account_id) AS related, everybody AS tested,
  CAST(json_object('accounts', n, 'steps', steps, 'matched', matched, 'within_3_s', exact,
    'llr_nats', round(llr, 1)) AS VARCHAR) AS facts,
  first_at, last_at
FROM judged JOIN team USING (script)
