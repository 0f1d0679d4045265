-- Traits of addresses at public providers, one row per row of own.mail_member and trait: `form` (with a digit
-- in it), `tail` (how a name ends in digits), `letters` (random, walk) and `unlike` (a name: those and odd).
SELECT account_id, provider, country, source, team, reference, trait.facet AS facet, trait.value AS value
FROM (
  SELECT *,
    unnest([{facet: 'form', value: CASE WHEN regexp_matches(form, '9|YYYY|^hex|^mixed') THEN form END},
      {facet: 'tail', value: nullif(tail, '')},
      {facet: 'letters', value: CASE WHEN letters IN ('walk', 'random') THEN letters END},
      {facet: 'unlike', value: CASE WHEN letters <> 'name' THEN 'a name' END}]) AS trait
  FROM own.mail_member
)
WHERE trait.value IS NOT NULL
