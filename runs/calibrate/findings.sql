-- Findings of a finished run, one row per subject: what each finding was and what it could weigh at most, as
-- JSON in a total order. Values are numbered within subject and detector: which findings state one fact
-- matters, not the fact. What was said of another card than the one that was summed weighs nothing.
WITH term AS (
  SELECT subject_id, detector, level, hub, card,
    CASE WHEN why_not IS DISTINCT FROM 'other-card' THEN weight_raw ELSE 0 END AS weight_raw,
    CASE WHEN value IS NOT NULL
        THEN dense_rank() OVER (PARTITION BY subject_id, detector ORDER BY value) END AS value
  FROM read_parquet($terms) WHERE subject_type = $kind
)
SELECT subject_id,
  to_json(list({detector: detector, level: level, value: value, weight_raw: weight_raw, hub: hub, card: card}
    ORDER BY detector, level, value, card, weight_raw, hub))::VARCHAR AS terms
FROM term GROUP BY subject_id ORDER BY subject_id;
