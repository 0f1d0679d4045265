-- Machines of several accounts are copies of one, and their owners agree in what the machines do not say:
-- they registered with the same few browsers, or together (own.agreement).
WITH named AS (
  SELECT kind, value, test, count(*) AS n, min(first_at) AS first_at, max(last_at) AS last_at,
    some_of(account_id) AS ids
  FROM own.agreement GROUP BY kind, value, test
)
SELECT f.account_id AS subject_id,
  unnest(CASE WHEN f.leads THEN ['first']
    WHEN f.test = 'registration' THEN [f.kind]
    WHEN f.crammed THEN ['room']
    WHEN f.nats >= $sure_nats THEN ['likely', 'browser']
    ELSE ['likely'] END) AS level,
  concat(f.kind, ' ', f.value) AS value, others(t.ids, f.account_id) AS related, f.everybody AS tested,
  CAST(json_object('accounts', t.n, 'tested_on', f.test, 'chance_share', round(f.share, 4),
    'nats', round(f.nats, 1)) AS VARCHAR) AS facts,
  t.first_at, t.last_at
FROM own.agreement f JOIN named t ON t.kind = f.kind AND t.value = f.value AND t.test = f.test
