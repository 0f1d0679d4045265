-- The waterfall: every term of every subject, counted or not, strongest first.
SELECT * REPLACE (round(weight, 6) AS weight, round(weight_raw, 6) AS weight_raw)
FROM verdict.term
ORDER BY subject_type, subject_id, weight DESC, weight_raw DESC, detector, level, fact, facts, related,
  first_at, last_at
