-- Columns that were not read as they came: unknown ones are ignored, and so are
-- whole files of no table (named without table and column); values that no column can hold are NULL.
WITH note AS (
  SELECT 'ignored' AS state, file, table_name, column_name, CAST(NULL AS BIGINT) AS "rows" FROM loaded.extra
  UNION ALL
  SELECT 'nulled', '', table_name, column_name, "rows" FROM loaded.nulled
)
SELECT state, file, table_name AS "table", column_name AS "column", "rows"
FROM note
ORDER BY state, table_name, column_name, file
