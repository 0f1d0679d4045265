-- People accuse the account, one of its machines, or nobody has answered them for long. A lead for review, never a verdict:
-- accusations cost nothing. Reporters who accuse more than ten subjects, or themselves, are not counted.
WITH told AS (
  SELECT coalesce(d.account_id, CASE WHEN r.subject_type = 'account' THEN r.subject_id END) AS account_id,
    r.reporter, r.occurred_at, count(DISTINCT r.subject_id) OVER (PARTITION BY r.reporter) AS accused
  FROM raw.community_reports r
  LEFT JOIN raw.devices d ON r.subject_type = 'device' AND d.device_id = r.subject_id
  WHERE r.resolved_at IS NULL AND r.reporter IS NOT NULL
)
SELECT t.account_id AS subject_id,
  CASE WHEN count(DISTINCT t.reporter) >= 3 THEN 'several' ELSE 'accused' END AS level,
  CAST(NULL AS VARCHAR) AS value, CAST([] AS VARCHAR[]) AS related,
  (SELECT count(*) FROM raw.accounts) AS tested,
  CAST(json_object('reporters', count(DISTINCT t.reporter), 'waiting_days', ($snapshot - min(t.occurred_at)) // 86400000) AS VARCHAR) AS facts,
  min(t.occurred_at) AS first_at, max(t.occurred_at) AS last_at
FROM told t JOIN raw.accounts a ON a.account_id = t.account_id
WHERE t.accused <= 10 AND t.reporter <> t.account_id
GROUP BY t.account_id
