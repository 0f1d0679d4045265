-- Columns that were not read as they came: unknown ones are ignored, and so are whole files of no table
-- (named without table and column); of a contract column the values that were lost.
WITH note AS (
  SELECT 'ignored' AS state, file, table_name, column_name, CAST(NULL AS BIGINT) AS "rows" FROM loaded.extra
  UNION ALL SELECT 'lost', file, table_name, column_name, lost FROM loaded.column_value WHERE lost > 0
)
SELECT state, file, table_name AS "table", column_name AS "column", "rows"
FROM note ORDER BY state DESC, table_name, column_name, file LIMIT $cap
