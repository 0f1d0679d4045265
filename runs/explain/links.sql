-- The accounts that one account is linked with, strongest first.
WITH both_ways AS (
  SELECT b AS account_id, weight, items FROM links WHERE a = $id
  UNION ALL SELECT a, weight, items FROM links WHERE b = $id
)
SELECT both_ways.account_id, coalesce(account.verdict, '') AS verdict, weight, items,
  count(*) OVER () AS all_links
FROM both_ways LEFT JOIN account_facts AS account USING (account_id)
ORDER BY weight DESC, both_ways.account_id LIMIT 20
