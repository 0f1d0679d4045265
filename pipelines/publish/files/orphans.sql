-- Ids that rows name and no account or device has: loaded and listed, never seen by a detector.
SELECT table_name AS "table", column_name AS "column", id, "rows"
FROM loaded.orphan ORDER BY table_name, column_name, id
