-- A fake nvidia-smi answers the few fields that a client is known to ask for. A machine that fills none but
-- these, and lacks fields that its client fills everywhere else, shows that template.
WITH answer AS (
  -- With the same model; where too few have it, with every NVIDIA card, whose fields differ only in those of
  -- server boards.
  SELECT *, unnest([gpu_model, '']) AS model
  FROM own.filled_field
),
vote AS (
  -- One vote per account: it fills a field when all its machines do.
  SELECT agent_version, os, model, field, account_id, bool_and(has) AS has
  FROM answer GROUP BY ALL
),
cohort AS (
  SELECT *, count(*) OVER field - 1 AS others,
    count(*) FILTER (WHERE has) OVER field - has::INTEGER AS filling
  FROM vote WINDOW field AS (PARTITION BY agent_version, os, model, field) QUALIFY others >= $least_accounts
),
judged AS (
  SELECT a.device_id, a.field, a.has, a.template, a.model, a.first_at, a.last_at, c.others,
    max(a.model) OVER (PARTITION BY a.device_id) AS nearest,
    c.filling >= c.others * $rule_share AND NOT a.has AS missing
  FROM answer a JOIN cohort c USING (agent_version, os, model, field, account_id)
)
SELECT device_id AS subject_id, 'few-fields' AS level, min(others) AS tested,
  json_object('answers', list(field ORDER BY field) FILTER (WHERE has),
    'missing', list(field ORDER BY field) FILTER (WHERE missing),
    'other_accounts', min(others))::VARCHAR AS facts,
  min(first_at) AS first_at, max(last_at) AS last_at
FROM judged WHERE model = nearest
GROUP BY device_id
HAVING count(*) FILTER (WHERE missing) >= $least_missing AND bool_or(has) AND bool_and(template OR NOT has)
