-- Refused rows by file, column and reason, with the line of the first: what a person needs to find and mend
-- them.
SELECT file, code, "column", count(*) AS "rows", min(line) AS line, min(expected) AS expected
FROM loaded.rejected GROUP BY file, code, "column" ORDER BY file, "rows" DESC, code, "column"
