-- The ledger of the inputs: in = loaded + duplicate + rejected.
SELECT file, table_name AS "table", bytes, sha256, rows_in, loaded, duplicate, rejected
FROM loaded.file ORDER BY file
