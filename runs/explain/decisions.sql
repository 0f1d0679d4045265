-- Analysts' decisions about one subject, in their order; those about operators where they name it.
WITH about AS (
  SELECT verdict, "by", "at", "until", why, state
  FROM decisions WHERE subject_type = $kind AND subject_id = $id
  UNION ALL
  SELECT kind, "by", "at", "until", why,
    CASE WHEN state = 'in-force' AND list_contains(set_aside, $id) THEN 'superseded' ELSE state END
  FROM operator_decisions
  WHERE $kind = 'account' AND (list_contains(accounts, $id) OR list_contains("from", $id))
)
SELECT verdict, "by", "at", "until", why, state FROM about ORDER BY "at", "by", why, verdict
