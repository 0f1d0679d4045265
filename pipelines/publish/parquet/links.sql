-- Which two accounts of a cluster share what.
SELECT link.* FROM operator.link AS link ORDER BY a, b, weight DESC, items
