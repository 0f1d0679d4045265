-- Models of enough accounts at steps that others take.
SELECT concat(level, ':', gpu_model) AS subject_id FROM own.step_rate WHERE n >= $least_accounts
