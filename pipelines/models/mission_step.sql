-- The order in which an account did its missions, and the pauses between them (ms): one row per mission done
-- once (`b`), with the two before it (`a`, `z`). Missions done again (daily check-ins) are left out.
-- `first_at` and `last_at` are those of the account.
WITH act AS (
  SELECT account_id, kind, min(occurred_at) AS done_at
  FROM raw.engagement WHERE length(kind) <= 64
  GROUP BY account_id, kind HAVING count(DISTINCT occurred_at) = 1 AND count(occurred_at) = count(*)
)
SELECT account_id, done_at, kind AS b, lag(kind) OVER own AS a, lag(kind, 2) OVER own AS z,
  done_at - lag(done_at) OVER own AS pause, lag(done_at) OVER own - lag(done_at, 2) OVER own AS before,
  min(done_at) OVER account AS first_at, max(done_at) OVER account AS last_at
FROM act WINDOW account AS (PARTITION BY account_id), own AS (PARTITION BY account_id ORDER BY done_at, kind)
