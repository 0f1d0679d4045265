-- Rows that name an account or device that the dataset does not hold.
SELECT table_name AS "table", column_name AS "column", CAST(sum("rows") AS BIGINT) AS "rows", count(*) AS ids
FROM loaded.orphan GROUP BY table_name, column_name ORDER BY table_name, column_name
