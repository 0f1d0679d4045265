-- Whom lost values (a column is named) and refused rows (none is) hit. Without an account: nobody in the
-- dataset.
SELECT account_id, owner_type, id, table_name AS "table", column_name AS "column", "rows"
FROM verdict.loss ORDER BY account_id NULLS FIRST, owner_type, id, table_name, column_name
