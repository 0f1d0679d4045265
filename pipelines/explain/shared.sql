-- What the members of one cluster share, by how many links rest on it.
WITH item AS (
  SELECT
    json_extract_string(fact.value, '$.detector') AS detector,
    json_extract_string(fact.value, '$.value') AS value,
    CAST(json_extract_string(fact.value, '$.weight') AS DOUBLE) AS weight
  FROM links
  JOIN account_facts AS account ON account.account_id = links.a
  CROSS JOIN json_each(links.items) AS fact
  WHERE account.cluster_id = $id
)
SELECT detector, value, count(*) AS links, max(weight) AS weight
FROM item
GROUP BY detector, value
ORDER BY links DESC, weight DESC, detector, value
LIMIT 40
