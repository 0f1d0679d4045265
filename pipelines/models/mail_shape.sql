-- One row per account with a plausible e-mail address: its parts, for likeness only, never for identity (two addresses that
-- differ in bytes are two addresses). Addresses over 254 characters or with parts over 64 and 190 are left out before any
-- regular expression sees them. `mailbox`: what the provider delivers to, where it says so (Gmail ignores dots and
-- +tags; the others listed ignore +tags). `stem`: letters of the local part without tag, digits and separators.
-- `digits`: digits at its end. `mask`: a run of up to eight letters is a, a longer one
-- A (most single given names against given name and surname run together), each digit 9, separators stay.
WITH split AS (
  SELECT account_id, lower(split_part(trim(email), '@', 1)) AS local, lower(split_part(trim(email), '@', 2)) AS domain,
    lower(trim(email)) AS spelling
  FROM raw.accounts
  WHERE length(email) BETWEEN 3 AND 254 AND length(email) - length(replace(email, '@', '')) = 1
),
bare AS (
  SELECT account_id, domain, spelling, split_part(local, '+', 1) AS name,
    CASE WHEN domain = 'googlemail.com' THEN 'gmail.com' ELSE domain END AS provider
  FROM split
  WHERE length(local) BETWEEN 1 AND 64 AND length(domain) BETWEEN 3 AND 190 AND local NOT LIKE '+%'
)
SELECT
  account_id,
  domain,
  spelling,
  CASE
    WHEN provider = 'gmail.com' THEN replace(name, '.', '') || '@gmail.com'
    WHEN provider IN ('outlook.com', 'hotmail.com', 'live.com', 'icloud.com', 'me.com', 'proton.me', 'protonmail.com', 'fastmail.com', 'yandex.ru')
    THEN name || '@' || provider
  END AS mailbox,
  regexp_replace(name, '[^a-z]', '', 'g') AS stem,
  regexp_extract(name, '[0-9]+$') AS digits,
  regexp_replace(regexp_replace(regexp_replace(name, '[a-z]{9,}', 'A', 'g'), '[a-z]+', 'a', 'g'), '[0-9]', '9', 'g') AS mask
FROM bare
