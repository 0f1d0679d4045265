-- The pairs of one cluster that share facts, the strongest first.
SELECT l.a, l.b, l.weight, l.items, count(*) OVER () AS all_ties
FROM links l JOIN account_facts a ON a.account_id = l.a JOIN account_facts b ON b.account_id = l.b
WHERE a.cluster_id = $id AND b.cluster_id = $id
ORDER BY l.weight DESC, l.a, l.b LIMIT 1000
