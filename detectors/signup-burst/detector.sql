-- Registrations from one network (IPv4 /24, IPv6 /48) come closer together than chance allows, in a network
-- that lives of such bursts.
SELECT account_id AS subject_id,
  unnest(CASE WHEN leads THEN ['first']
    WHEN n - in_bursts > $most_strangers THEN ['crowded']
    WHEN nats >= $packed_nats THEN ['close', 'packed']
    ELSE ['close'] END) AS level,
  concat(group_id, ' from ', utc_text(first_at)) AS value, others(ids, account_id) AS related,
  everybody AS tested,
  CAST(json_object('accounts', members, 'network', group_id, 'network_accounts', n,
    'at_other_times', n - in_bursts, 'hours', round((last_at - first_at) / hour_ms(), 2),
    'nats', round(nats, 1)) AS VARCHAR) AS facts,
  first_at, last_at
FROM own.network_burst WHERE in_bursts * 2 >= n
