-- What became of the values of each contract column of each file: kept, empty (nothing stands there, or a
-- word that says so) or lost (it could not be read). Columns of no contract, and files of no table (without
-- table and column), are ignored.
WITH column_state AS (
  SELECT 'read' AS state, file, table_name, column_name, kept, empty, lost FROM loaded.column_value
  UNION ALL SELECT 'ignored', file, table_name, column_name, NULL, NULL, NULL FROM loaded.extra
)
SELECT state, file, table_name AS "table", column_name AS "column", kept, empty, lost
FROM column_state ORDER BY state, table_name, column_name, file
