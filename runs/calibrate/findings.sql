-- Findings of a finished run, one row per subject: what each finding was and what it could weigh at most, as JSON in a
-- total order. Values are numbered within subject and detector: which findings state one fact matters, not the fact.
WITH term AS (
  SELECT subject_id, detector, level, weight_raw, why_not = 'hub' AS hub,
    CASE WHEN value IS NOT NULL THEN dense_rank() OVER (PARTITION BY subject_id, detector ORDER BY value) END AS value
  FROM read_parquet($terms)
  WHERE subject_type = $kind
)
SELECT subject_id,
  to_json(list({detector: detector, level: level, value: value, weight_raw: weight_raw, hub: coalesce(hub, false)}
    ORDER BY detector, level, value, weight_raw, hub))::VARCHAR AS terms
FROM term
GROUP BY subject_id
ORDER BY subject_id;
