-- One cluster.
SELECT * FROM clusters WHERE cluster_id = $id
