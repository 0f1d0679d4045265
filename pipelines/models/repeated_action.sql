-- One row per account, kind of action and UTC day: the day's first such action, for kinds that the account
-- did on four days or more (daily check-ins and their like), numbered in time. `active` counts the accounts
-- that repeat the kind.
WITH daily AS (
  SELECT account_id, kind, day_of(occurred_at) AS day, min(occurred_at) AS done_at
  FROM raw.engagement WHERE length(kind) <= 64 GROUP BY ALL
),
repeated AS (SELECT *, count(*) OVER (PARTITION BY account_id, kind) AS days FROM daily)
SELECT account_id, kind, day, done_at, days,
  row_number() OVER (PARTITION BY account_id, kind ORDER BY done_at) AS turn,
  (
    SELECT count(DISTINCT account_id) FROM repeated r2 WHERE r2.kind = repeated.kind AND r2.days >= 4
  ) AS active
FROM repeated WHERE days >= 4
