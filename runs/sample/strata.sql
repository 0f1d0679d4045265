-- Every subject in its cell: verdict, band of risk, and the family whose counted evidence weighs most ('none'
-- without any). `place` is the subject's rank within its cell by a digest of seed and id: a simple random
-- order that depends on neither rows nor threads, and that a larger sample with the same seed only continues.
CREATE OR REPLACE TEMP TABLE sample_subject AS
WITH weighed AS (
  SELECT subject_id, family, fsum(weight) AS weight
  FROM terms WHERE subject_type = $kind AND counted GROUP BY subject_id, family
),
strongest AS (
  SELECT subject_id, list(family ORDER BY weight DESC, family)[1] AS family FROM weighed GROUP BY subject_id
),
subject AS (
  SELECT account_id AS id, verdict, risk FROM account_facts WHERE $kind = 'account'
  UNION ALL SELECT device_id, verdict, risk FROM device_facts WHERE $kind = 'device'
)
SELECT s.id, s.verdict, s.risk, coalesce(f.family, 'none') AS family,
  CASE WHEN s.risk < 0.02 THEN 1
    WHEN s.risk < 0.1 THEN 2
    WHEN s.risk < 0.5 THEN 3
    WHEN s.risk < 0.9 THEN 4
    WHEN s.risk < 0.99 THEN 5
    ELSE 6 END AS band,
  sha256(concat($seed, chr(10), $kind, chr(10), s.id)) AS draw
FROM subject s LEFT JOIN strongest f ON f.subject_id = s.id
