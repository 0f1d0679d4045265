-- Several accounts' days deviate from everybody's in the same hours and in the same way: presence, load and missions by hour. `z`
-- of own.behaviour_twin is how far a member's agreement with its team stands out.
WITH member AS (
  SELECT *, some_of(account_id) OVER (PARTITION BY team) AS ids, count(*) OVER (PARTITION BY team) AS n
  FROM own.behaviour_twin WHERE z >= $least_z
)
SELECT account_id AS subject_id, 'alike' AS level, concat('days of ', team) AS value, others(ids, account_id) AS related,
  measured AS tested, json_object('accounts', n, 'z', z)::VARCHAR AS facts
FROM member WHERE n >= $least_accounts
