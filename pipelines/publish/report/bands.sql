-- Who gains and who loses: accounts by the rank of their points before the audit, with each band's part of
-- all points before it and of what is payable after it.
WITH ranked AS (
  SELECT verdict, points_before, CASE WHEN verdict = 'clear' THEN points_after ELSE 0 END AS payable,
    row_number() OVER (ORDER BY points_before DESC, account_id) AS place, count(*) OVER () AS accounts
  FROM verdict.account
),
banded AS (
  SELECT CASE WHEN place * 100 <= accounts THEN 1
      WHEN place * 10 <= accounts THEN 2
      WHEN place * 2 <= accounts THEN 3
      ELSE 4 END AS band,
    verdict, points_before, payable
  FROM ranked
)
SELECT band, count(*) AS accounts, count(*) FILTER (verdict = 'exclude') AS excluded,
  count(*) FILTER (verdict = 'review') AS held, plain(sum(points_before)) AS points_before,
  plain(sum(payable)) AS payable
FROM banded GROUP BY band ORDER BY band
