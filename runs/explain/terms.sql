-- The terms of one subject, those that count first, strongest first.
SELECT *
FROM terms WHERE subject_type = $kind AND subject_id = $id
ORDER BY weight DESC, weight_raw DESC, detector, level, fact, facts
