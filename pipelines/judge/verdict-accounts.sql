-- One row per account, with or without evidence. Points of excluded accounts fall to 0; owners of void
-- devices lose those devices' shares (verdict.kept_points); an account that is only held keeps its points.
-- Who owns a void device of a merchant's set and is not excluded is told so.
CREATE OR REPLACE TABLE verdict.account AS
WITH owned AS (
  SELECT account_id, count(*) AS devices, count(*) FILTER (WHERE verdict = 'void') AS devices_void
  FROM verdict.device GROUP BY account_id
),
awarded AS (SELECT account_id, sum(points)::DECIMAL(38, 6) AS points FROM raw.points GROUP BY account_id),
bought AS (
  SELECT DISTINCT v.account_id
  FROM verdict.device v JOIN verdict.one_card USING (device_id) JOIN verdict.card_set s USING (set_no)
  WHERE v.verdict = 'void' AND s.merchant
),
judged AS (
  SELECT a.account_id, coalesce(j.verdict, 'clear') AS verdict, coalesce(j.risk, $prior) AS risk,
    coalesce(j.reasons, '') AS reasons, coalesce(j.held_by, '') AS held_by, coalesce(o.devices, 0) AS devices,
    coalesce(o.devices_void, 0) AS devices_void, coalesce(w.points, 0)::DECIMAL(38, 6) AS points_before
  FROM raw.accounts a
  LEFT JOIN verdict.judged_account j USING (account_id)
  LEFT JOIN owned o USING (account_id)
  LEFT JOIN awarded w USING (account_id)
)
SELECT j.account_id, j.verdict, j.risk, m.cluster_id, j.devices, j.devices_void, j.points_before,
  CASE WHEN j.verdict = 'exclude' THEN 0
    ELSE coalesce(k.points::DECIMAL(38, 6), j.points_before) END::DECIMAL(38, 6) AS points_after,
  concat_ws('|', nullif(CASE WHEN j.verdict <> 'clear' THEN j.reasons END, ''),
    CASE WHEN j.devices_void > 0 THEN 'fake-devices' END,
    CASE WHEN j.verdict <> 'exclude' AND j.account_id IN (SELECT account_id FROM bought)
        THEN 'bought-from-merchant' END) AS reasons,
  j.held_by
FROM judged j
LEFT JOIN verdict.kept_points k USING (account_id)
LEFT JOIN operator.published_member m USING (account_id)
ORDER BY j.account_id;
