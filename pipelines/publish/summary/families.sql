-- How many subjects each family of evidence looked at.
SELECT subject_type AS kind, family, count(*) AS subjects
FROM evidence.seen GROUP BY subject_type, family ORDER BY subject_type, subjects DESC, family
