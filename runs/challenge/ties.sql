-- Two machines that a fact of the run ties together: evidence about one of them names the other.
SELECT DISTINCT subject_id AS a, other AS b
FROM (SELECT subject_id, unnest(related) AS other FROM terms WHERE subject_type = 'device')
WHERE other <> subject_id
ORDER BY a, b
