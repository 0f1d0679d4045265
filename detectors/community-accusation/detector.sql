-- Members of the community accuse the account or one of its machines, and nobody has answered them.
WITH told AS (
  SELECT coalesce(d.account_id, CASE WHEN r.subject_type = 'account' THEN r.subject_id END) AS account_id,
    r.reporter, r.occurred_at, count(DISTINCT r.subject_id) OVER (PARTITION BY r.reporter) AS accused
  FROM raw.community_reports r
  LEFT JOIN raw.devices d ON r.subject_type = 'device' AND d.device_id = r.subject_id
  WHERE r.resolved_at IS NULL AND r.reporter IS NOT NULL
),
counted AS (
  SELECT account_id, count(DISTINCT reporter) AS reporters, min(occurred_at) AS first_at,
    max(occurred_at) AS last_at
  FROM told JOIN raw.accounts USING (account_id) WHERE accused <= $most_accused AND reporter <> account_id
  GROUP BY account_id
)
SELECT account_id AS subject_id, level, (SELECT count(*) FROM raw.accounts) AS tested,
  json_object('reporters', reporters, 'waiting_days', ($snapshot - first_at) // day_ms())::VARCHAR AS facts,
  first_at, last_at
FROM counted JOIN (VALUES ('accused', 1), ('several', $several)) l(level, least) ON reporters >= least
