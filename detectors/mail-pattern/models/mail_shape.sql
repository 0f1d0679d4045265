-- One row per account whose address may show who made it up: its parts and its form. Relay addresses are
-- drawn by a machine for honest people, so they have no shape. `stem`: letters of the name. `digits`: digits
-- at its end. `written`: the name without separators and final digits; `skeleton`: the same with confusable
-- characters made one (reference.confusables after UTS #39; rn = m, vv = w, and i = l because 1 stands for
-- both). `form`: a run of up to eight letters is a, a longer one A (most single names against names run
-- together), a year between 1930 and 2039 YYYY, other digits 9, separators stay; hex and mixed strings are
-- named with their length. `tail`: the digits at the end, three or more that are no year being 9+. `public`:
-- at a provider that anybody can join; forms are compared there only.
WITH characters AS (
  SELECT string_agg(confusable, '' ORDER BY code_point) AS confusable,
    string_agg(skeleton, '' ORDER BY code_point) AS skeleton
  FROM reference.confusables
),
part AS (
  SELECT account_id, country, domain, provider, name, kind IS NOT NULL AS public,
    rtrim(name, '0123456789') AS start, regexp_replace(name, '[^a-z]+', '', 'g') AS stem
  FROM own.mail_address WHERE kind IS DISTINCT FROM 'relay'
),
ended AS (
  SELECT *, substr(name, length(start) + 1) AS digits, translate(start, '._-', '') AS written FROM part
),
dated AS (SELECT *, length(digits) = $year_digits AND digits BETWEEN '1930' AND '2039' AS has_year FROM ended)
SELECT account_id, country, domain, provider, public, name, stem, digits, written,
  replace(replace(replace(CASE WHEN regexp_matches(written, '[^a-z]')
            THEN translate(written, c.confusable, c.skeleton)
          ELSE written END,
        'i', 'l'),
      'rn', 'm'),
    'vv', 'w') AS skeleton,
  CASE WHEN regexp_matches(start, '[0-9]') AND regexp_full_match(name, '[0-9a-f]{8,64}')
      THEN 'hex ' || length(name)
    WHEN regexp_matches(name, '[0-9][^0-9]+[0-9][^0-9]+[0-9]') THEN 'mixed ' || length(name)
    ELSE regexp_replace(regexp_replace(translate(start, 'bcdefghijklmnopqrstuvwxyz012345678',
          'aaaaaaaaaaaaaaaaaaaaaaaaa999999999'),
        'a{9,}', 'A', 'g'),
      'a+', 'a', 'g')
      || CASE WHEN has_year THEN 'YYYY' ELSE repeat('9', length(digits)) END END AS form,
  CASE WHEN has_year THEN 'YYYY'
    WHEN length(digits) > 2 THEN '9+'
    ELSE repeat('9', length(digits)) END AS tail
FROM dated CROSS JOIN characters c
