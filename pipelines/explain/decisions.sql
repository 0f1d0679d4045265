-- Analysts' decisions about one subject, in their order.
SELECT verdict, "by", "at", "until", why, state
FROM decisions
WHERE subject_type = $kind AND subject_id = $id
ORDER BY "at", "by", why
