-- The excluded accounts and void devices that the report shows in full: those that cost the most points
-- first.
WITH account AS (
  SELECT 'account' AS subject_type, account_id AS subject_id, risk, cluster_id AS belongs_to,
    NULL AS gpu_model, plain(points_before) AS points_before, plain(points_after) AS points_after, reasons,
    row_number() OVER (ORDER BY points_before DESC, account_id) AS place
  FROM verdict.account WHERE verdict = 'exclude'
),
device AS (
  SELECT 'device' AS subject_type, verdict.device_id AS subject_id, verdict.risk,
    verdict.account_id AS belongs_to, device.gpu_model, NULL AS points_before, NULL AS points_after,
    verdict.reasons, row_number() OVER (ORDER BY verdict.share DESC, verdict.device_id) AS place
  FROM verdict.device AS verdict JOIN raw.devices AS device USING (device_id) WHERE verdict.verdict = 'void'
)
SELECT * EXCLUDE (place) FROM account WHERE place <= $cap
UNION ALL
SELECT * EXCLUDE (place) FROM device WHERE place <= $cap ORDER BY subject_type, risk DESC, reasons, subject_id
