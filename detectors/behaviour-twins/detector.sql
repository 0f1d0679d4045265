-- Several accounts' days deviate from everybody's in the same hours and in the same way: presence, load and
-- missions by hour. `z` of own.behaviour_twin is how far a member's agreement with its team stands out.
WITH team AS (
  SELECT team, count(*) AS n, some_of(account_id) AS ids
  FROM own.behaviour_twin WHERE z >= $least_z GROUP BY team HAVING count(*) >= $least_accounts
)
SELECT m.account_id AS subject_id, 'alike' AS level, concat('days of ', m.team) AS value,
  others(t.ids, m.account_id) AS related, m.measured AS tested,
  json_object('accounts', t.n, 'z', m.z)::VARCHAR AS facts
FROM own.behaviour_twin m JOIN team t USING (team) WHERE m.z >= $least_z
