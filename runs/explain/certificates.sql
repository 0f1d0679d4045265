-- What the verdict of one excluded account survived.
SELECT test, terms_removed, log_odds, margin FROM certificates WHERE account_id = $id ORDER BY test
