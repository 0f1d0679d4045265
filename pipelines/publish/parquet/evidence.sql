-- Every finding with what it weighed in the verdict of its subject.
SELECT subject_type, subject_id, detector, family, forgeable_by, reason, round(weight, 6) AS weight,
  round(weight_raw, 6) AS weight_raw, related, facts, make_timestamp(first_at * 1000) AS first_at,
  make_timestamp(last_at * 1000) AS last_at
FROM verdict.term
ORDER BY subject_type, subject_id, weight DESC, weight_raw DESC, detector, level, fact, facts, related,
  first_at, last_at
