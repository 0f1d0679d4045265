-- Every finding with what it weighed in the verdict of its subject; same rows and order as evidence.parquet.
SELECT subject_type, subject_id, detector, family, forgeable_by, reason, round(weight, 6) AS weight,
  round(weight_raw, 6) AS weight_raw, CAST(to_json(coalesce(related, [])) AS VARCHAR) AS related, facts,
  iso_time(first_at) AS first_at, iso_time(last_at) AS last_at
FROM verdict.term
ORDER BY subject_type, subject_id, term.weight DESC, term.weight_raw DESC, detector, level, fact, term.facts,
  term.related, term.first_at, term.last_at
