-- Accounts by what joins them: one mission script or one cadence of daily actions, for members whose own
-- likelihood ratio says so, who cannot have been copied (somebody went before them) and were not led through
-- it in a class.
SELECT concat('script ', script) AS group_id, account_id
FROM features.script_member
WHERE llr
  >= greatest($least_llr, ln((SELECT greatest(count(DISTINCT script), 1) FROM features.script_member)) + 2)
  AND matched >= $least_matched AND followed AND NOT class
UNION ALL
SELECT concat('moments ', cadence), account_id
FROM features.action_member WHERE kept >= $least_days AND llr - ln(everybody) >= 2 AND ahead * 2 <= kept
