-- Accounts by the letters of their address, with digits at the end or without.
SELECT concat(stem, repeat('9', least(length(digits), 1))) AS group_id, account_id
FROM own.mail_shape WHERE length(stem) >= $least_letters
