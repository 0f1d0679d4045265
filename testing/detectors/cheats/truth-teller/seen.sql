-- All accounts that the file of the truth names.
SELECT subject_id FROM 'labels.csv'
