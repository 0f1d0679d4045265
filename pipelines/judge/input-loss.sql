-- Whom lost values and refused rows hit. An owner is an account that a loaded row names; ids that no loaded
-- row names and rows that name nobody are one owner together, however many of them somebody makes up. Of a
-- table that cards need and of which no row was loaded, all owners of devices are hit, or everybody without a
-- loaded device.
CREATE OR REPLACE TEMP TABLE loss_owner AS
SELECT account_id FROM loaded.accounts
UNION SELECT account_id FROM loaded.devices
UNION SELECT account_id FROM loaded.points
UNION SELECT account_id FROM loaded.engagement;
CREATE OR REPLACE TABLE verdict.loss AS
SELECT coalesce(d.account_id, a.account_id) AS account_id, l.owner_type, l.owner_id AS id, l.table_name,
  l.column_name, sum(l."rows")::BIGINT AS "rows"
FROM loaded.lost_owner l
LEFT JOIN loaded.devices d ON l.owner_type = 'device' AND d.device_id = l.owner_id
LEFT JOIN loss_owner a ON l.owner_type = 'account' AND a.account_id = l.owner_id
GROUP BY ALL;
CREATE OR REPLACE TABLE verdict.refused_table AS
SELECT table_name, sum(rows_in)::BIGINT AS "rows",
  (SELECT count(DISTINCT account_id) FROM loaded.devices) AS owners
FROM loaded.file WHERE table_name IN ('devices', 'heartbeats')
GROUP BY table_name HAVING sum(rows_in) > 0 AND sum(loaded) = 0;
CREATE OR REPLACE TABLE verdict.input_loss AS
WITH whole AS (
  SELECT account_id FROM loaded.devices WHERE EXISTS (SELECT 1 FROM verdict.refused_table)
  UNION SELECT account_id FROM loss_owner WHERE EXISTS (SELECT 1 FROM verdict.refused_table WHERE owners = 0)
),
hit AS (SELECT account_id FROM verdict.loss WHERE account_id IS NOT NULL UNION SELECT account_id FROM whole)
SELECT known.n + unknown.n AS owners, hit.n + unknown.n AS hit
FROM (SELECT count(*) AS n FROM loss_owner) known, (SELECT count(*) AS n FROM hit) hit,
  (SELECT count(*) AS n FROM (SELECT 1 FROM verdict.loss WHERE account_id IS NULL LIMIT 1)) unknown;
