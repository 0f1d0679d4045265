-- Accounts with an e-mail address whose form can be compared, registered at a known time.
SELECT m.account_id AS subject_id
FROM own.mail_shape m JOIN features.account_order o ON o.account_id = m.account_id
