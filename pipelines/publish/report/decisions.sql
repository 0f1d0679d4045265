-- Analysts' decisions by what became of them.
SELECT state, count(*) AS decisions
FROM verdict.decision
GROUP BY state
ORDER BY state
