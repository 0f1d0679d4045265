-- Accounts that their own conduct joins (one mission script, one cadence of daily actions) were registered
-- within a short window.
SELECT account_id AS subject_id,
  unnest(CASE WHEN leads THEN ['first']
    WHEN nats >= $together_nats THEN ['near', 'together']
    ELSE ['near'] END) AS level,
  concat(group_id, ' from ', utc_text(first_at)) AS value, others(ids, account_id) AS related,
  everybody AS tested,
  CAST(json_object('accounts', members, 'joined_by', split_part(group_id, ' ', 1), 'group_accounts', n,
    'hours', round((last_at - first_at) / hour_ms(), 2), 'nats', round(nats, 1)) AS VARCHAR) AS facts,
  first_at, last_at
FROM own.conduct_burst WHERE in_bursts * 2 >= n
