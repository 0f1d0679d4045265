-- How controls fare when all are asked at once: of the network (NULL) and of each country.
SELECT kind, country, CAST(sum(failed) AS DOUBLE) AS k, CAST(count(*) AS DOUBLE) AS n
FROM own.bet WHERE control AND together
GROUP BY GROUPING SETS ((kind, country), (kind))
HAVING GROUPING(country) = 1 OR (country IS NOT NULL AND count(DISTINCT unit) >= $least_controls)
