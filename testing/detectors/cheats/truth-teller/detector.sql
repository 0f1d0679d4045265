-- Accounts whose label says so.
SELECT a.account_id AS subject_id, 'sybil' AS level, 1 AS tested, '{}' AS facts
FROM raw.accounts a JOIN raw.labels l ON l.subject_id = a.account_id WHERE l.label = 'sybil'
UNION ALL BY NAME
SELECT subject_id, 'sybil' AS level, 1 AS tested, '{}' AS facts FROM loaded.labels WHERE label = 'sybil'
