-- Addresses with a number in a name that three accounts or more have: the only run of digits in it; or a
-- hexadecimal end of four or more that starts after a separator or with a digit and whose letters change
-- within the series. `dated`: one or two digits, or a year (1930 to 2039).
WITH numbered AS (
  SELECT account_id, domain, length(digits) AS width, TRY_CAST(digits AS BIGINT) AS number, $decimal AS base,
    regexp_replace(regexp_replace(name, '[._-]', '', 'g'), '[0-9]+', '#') AS pattern,
    length(digits) <= 2 OR regexp_full_match(digits, '19[3-9][0-9]|20[0-3][0-9]') AS dated
  FROM (
    SELECT *, regexp_extract(name, '[0-9]+') AS digits
    FROM own.mail_shape WHERE regexp_full_match(name, '[^0-9]*[0-9]{1,12}[^0-9]*')
  )
  WHERE length(stem) >= 1
  UNION ALL
  SELECT account_id, domain, length(code), TRY_CAST('0x' || code AS BIGINT), $hexadecimal, start || '#x',
    FALSE
  FROM (
    SELECT account_id, domain, substr(found, 2) AS code, left(name, length(name) - length(found) + 1) AS start
    FROM (
      SELECT *, regexp_extract(name, '([._-][0-9a-f]|[^0-9a-f][0-9])[0-9a-f]{3,11}$') AS found
      FROM own.mail_shape
    )
    WHERE found <> ''
  )
  WHERE regexp_matches(code, '[0-9]') AND length(start) >= 2
  QUALIFY count(DISTINCT regexp_replace(code, '[0-9]', '', 'g')) OVER (PARTITION BY start, domain) >= 2
)
SELECT account_id, base, width, number, dated, concat(pattern, '@', domain) AS name
FROM numbered WHERE number IS NOT NULL
QUALIFY count(*) OVER (PARTITION BY pattern, domain, base) >= $least_spellings
