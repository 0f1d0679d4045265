-- Accounts that hired a machine or were hired.
SELECT account_id AS subject_id
FROM raw.accounts
WHERE account_id IN (SELECT renter_id FROM own.rental_hire)
  OR account_id IN (SELECT owner_id FROM own.rental_hire)
