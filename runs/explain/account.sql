-- One account with what the judge knew of it.
SELECT * FROM account_facts WHERE account_id = $id
