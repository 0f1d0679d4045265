-- What holds each cluster together: per kind of shared fact, how many links rest on it and their strongest
-- weight.
WITH item AS (
  SELECT account.cluster_id, json_extract_string(fact.value, '$.detector') AS detector,
    json_extract_string(fact.value, '$.value') AS shared,
    CAST(json_extract_string(fact.value, '$.weight') AS DOUBLE) AS weight
  FROM operator.link AS link
  JOIN verdict.account AS account ON account.account_id = link.a
  CROSS JOIN json_each(link.items) AS fact
  WHERE account.cluster_id IS NOT NULL
)
SELECT cluster_id, detector, count(*) AS links, count(DISTINCT shared) AS shared_values,
  max(weight) AS strongest
FROM item GROUP BY cluster_id, detector ORDER BY cluster_id, links DESC, detector
