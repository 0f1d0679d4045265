-- Whom the most lost values and refused rows hit; the empty id stands for all that names nobody.
SELECT coalesce(account_id, '') AS account_id, sum("rows")::BIGINT AS "rows"
FROM verdict.loss GROUP BY 1 ORDER BY "rows" DESC, 1 LIMIT $cap
