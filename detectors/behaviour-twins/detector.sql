-- Several accounts' days deviate from everybody's in the same hours and in the same way: presence, load and missions by hour of the day.
--
-- own.behaviour_twin holds teams: an autoencoder learns what the days of all accounts have in common (its middle holds eight numbers of
-- 72), and what it leaves over is an account's own. Teams are formed by what the odd days leave over and tested on the even
-- days: the agreement of a member with the others must stand out from the agreement at every other shift of the hours, and from how well
-- people outside agree with the team (`z` is the smaller). A member counts with z of 2.5, a team with four that count. People on one timer or one job
-- do the same at the same hours, so this is shown and not weighed.
WITH member AS (
  SELECT * FROM own.behaviour_twin WHERE z >= 2.5
),
team AS (
  SELECT team, count(*) AS n, list(account_id ORDER BY account_id)[1:51] AS ids FROM member GROUP BY team HAVING count(*) >= 4
)
SELECT m.account_id AS subject_id, 'alike' AS level, concat('days of ', m.team) AS value,
  list_filter(t.ids, lambda id: id <> m.account_id)[1:50] AS related, m.measured AS tested,
  CAST(json_object('accounts', t.n, 'z', m.z) AS VARCHAR) AS facts,
  CAST(NULL AS BIGINT) AS first_at, CAST(NULL AS BIGINT) AS last_at
FROM member m JOIN team t ON t.team = m.team
