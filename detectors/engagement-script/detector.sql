-- One script clicks through the missions of many accounts: the same order with the same pauses.
--
-- Each member of a group (features.script_touch) was judged alone against the members' usual pauses
-- (features.script_member). `identical`: six pauses of 15 s or more within 3 s. Whoever no single member went
-- before may have been copied: `first`. An account belongs to the group that suits it best, so the ratio pays for the
-- number of groups (Bonferroni). A class that is told what to click is silent. Silent for accounts with fewer than
-- four distinct missions done once, and for groups of two.
WITH scripts AS (SELECT ln(greatest(count(DISTINCT script), 1)) AS log_n FROM features.script_member),
judged AS (
  SELECT m.*, CASE
    WHEN NOT followed THEN 'first'
    WHEN llr >= greatest(12, log_n + 6) AND exact >= 6 THEN 'identical'
    WHEN llr >= greatest(8, log_n + 6) THEN 'script' ELSE 'similar' END AS level
  FROM features.script_member m CROSS JOIN scripts
  WHERE llr >= greatest(4, log_n + 2) AND matched >= 3 AND NOT class
),
size AS (
  SELECT script, count(*) AS n, list(account_id ORDER BY account_id)[1:51] AS ids
  FROM judged GROUP BY script HAVING count(*) >= 3
)
SELECT j.account_id AS subject_id, j.level AS level, j.script AS value,
  list_filter(s.ids, lambda id: id <> j.account_id)[1:50] AS related, j.everybody AS tested,
  CAST(json_object('accounts', s.n, 'steps', j.steps, 'matched', j.matched, 'within_3_s', j.exact, 'llr_nats', round(j.llr, 1)) AS VARCHAR) AS facts,
  j.first_at AS first_at, j.last_at AS last_at
FROM judged j JOIN size s ON s.script = j.script
