-- What the verdict of each excluded account survived.
SELECT * FROM verdict.certificate ORDER BY account_id, test
