-- Analysts' decisions, about subjects and about operators, by what became of them.
SELECT state, count(*) AS decisions
FROM (SELECT state FROM verdict.decision UNION ALL SELECT state FROM operator.decision)
GROUP BY state ORDER BY state
