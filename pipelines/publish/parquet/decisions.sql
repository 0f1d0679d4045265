-- Analysts' decisions as this run met them.
SELECT * FROM verdict.decision ORDER BY subject_type, subject_id, "at", "by", why, state
