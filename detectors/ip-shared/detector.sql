-- Five or more accounts use one address at overlapping times, or take turns on a pool of addresses in
-- different networks, and joined together: scan bound over the middle four fifths or three fifths of their
-- registrations, Bonferroni over both and over addresses.
WITH placed AS (
  SELECT s.*, o.upto, o.everybody, count(*) OVER (PARTITION BY s.value) AS n,
    row_number() OVER (PARTITION BY s.value ORDER BY o.upto, s.account_id) AS i
  FROM own.stay s JOIN features.account_order o ON o.account_id = s.account_id QUALIFY n >= $least_accounts
),
crowd AS (
  SELECT kind, value, n, everybody, middle_count(n, part) AS k,
    middle_share(upto, i, n, part, everybody) AS share, middle_low(upto, i, n, part) AS low,
    middle_high(upto, i, n, part) AS high, some_of(account_id) AS ids
  FROM placed CROSS JOIN (SELECT unnest([$narrow_ends, $wide_ends]) AS part)
  GROUP BY kind, value, n, everybody, part
),
tried AS (SELECT *, scan_nats(n, k, share) - ln(count(*) OVER (PARTITION BY kind)) AS nats FROM crowd),
judged AS (
  SELECT *
  FROM tried WHERE share <= 0.5 AND nats >= $least_nats
  QUALIFY row_number() OVER (PARTITION BY value ORDER BY nats DESC, k DESC) = 1
)
SELECT p.account_id AS subject_id,
  unnest(CASE WHEN p.kind = 'address' THEN ['address']
    WHEN p.came_after >= $least_followed AND p.came_after_networks >= 2
      AND p.came_after >= $followed_part * p.addresses AND p.i > 2
      AND p.upto BETWEEN 2 * j.low - j.high AND 2 * j.high - j.low
      THEN ['pool', 'follows-pool']
    ELSE ['pool'] END) AS level,
  p.value, others(j.ids, p.account_id) AS related, j.everybody AS tested,
  CAST(json_object('accounts', j.n, 'addresses', p.addresses, 'networks', p.networks,
    'came_after_others', p.came_after, 'share_of_registrations', round(j.share, 4),
    'nats', round(j.nats, 1)) AS VARCHAR) AS facts,
  p.first_at, p.last_at
FROM judged j JOIN placed p ON p.value = j.value
