-- Models of which enough machines are always on.
SELECT concat('never_benchmarked:', gpu_model) AS subject_id FROM own.fleet WHERE n >= $least_machines
