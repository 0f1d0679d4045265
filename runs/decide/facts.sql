-- The facts that count against each of some subjects: what an analyst who looked at the run has seen.
SELECT subject_id, list(DISTINCT fact ORDER BY fact) AS facts
FROM terms
WHERE counted AND subject_type = $kind AND subject_id IN (SELECT unnest(from_json($ids, '["VARCHAR"]')))
GROUP BY subject_id ORDER BY subject_id
