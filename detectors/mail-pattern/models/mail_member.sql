-- One row per account, and per group it stands in (features.grouping: formed without looking at addresses) or
-- with NULL for those in none, whose address is of a public provider: what mail_team and mail_draw compare.
-- `reference`: the account belongs to those who show what is usual: accounts in no group, or everybody where
-- those are fewer than 200. `cell`: four digits at the end of a name by what people put there: a year, a day
-- and month in either order, a pattern (one digit, two pairs, a run, thousands), other.
WITH public AS (
  SELECT m.account_id, m.provider, coalesce(m.country, '') AS country, m.form, m.tail, l.letters, m.digits,
    m.account_id IN (SELECT account_id FROM features.grouping WHERE n >= $least_team) AS grouped
  FROM own.mail_shape m LEFT JOIN own.mail_letters l ON l.stem = m.stem WHERE m.public
),
counted AS (SELECT count(*) FILTER (NOT grouped) >= $least_reference AS enough FROM public)
SELECT p.account_id, p.provider, p.country, p.form, p.tail, p.letters,
  NOT (p.grouped AND c.enough) AS reference, g.source, g.group_id AS team,
  CASE WHEN length(p.digits) <> $year_digits THEN NULL
    WHEN p.tail = 'YYYY' THEN 'year'
    WHEN right(p.digits, 3) = '000'
      OR left(p.digits, 2) = right(p.digits, 2)
      OR left(p.digits, 1) = substr(p.digits, 2, 1) AND substr(p.digits, 3, 1) = right(p.digits, 1)
      OR instr('0123456789', p.digits) > 0
      OR instr('9876543210', p.digits) > 0
      THEN 'pattern'
    WHEN left(p.digits, 2) BETWEEN '01' AND '31' AND right(p.digits, 2) BETWEEN '01' AND '12'
      OR left(p.digits, 2) BETWEEN '01' AND '12' AND right(p.digits, 2) BETWEEN '01' AND '31'
      THEN 'date'
    ELSE 'other' END AS cell
FROM public p
CROSS JOIN counted c
LEFT JOIN features.grouping g ON g.account_id = p.account_id AND g.n >= $least_team
