-- Clusters with the figures that explain shows.
SELECT * FROM verdict.cluster ORDER BY cluster_id
