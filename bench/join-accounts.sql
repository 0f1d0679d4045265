-- Accounts of several worlds as one network: who finds his address taken by somebody of another world puts a
-- number behind the name, as people do, since no network registers one address twice.
SELECT * EXCLUDE (part, nth) REPLACE (CASE WHEN nth = 1 THEN email
    ELSE regexp_replace(email, '@', concat(nth, '@')) END AS email)
FROM (SELECT *, dense_rank() OVER (PARTITION BY lower(email) ORDER BY part) AS nth FROM joined)
