-- Refused rows by reason.
SELECT code, count(*) AS rows, count(DISTINCT file) AS files
FROM loaded.rejected GROUP BY code ORDER BY rows DESC, code
