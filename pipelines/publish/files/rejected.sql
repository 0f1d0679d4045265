-- Every row that ingest refused, with the reason and the start of its bytes.
SELECT file, line, "column", code, expected, bytes
FROM loaded.rejected ORDER BY file, line, "column", code, expected, bytes
