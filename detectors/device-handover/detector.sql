-- A machine belongs to somebody. One that stops under one account and appears under another without both ever being online
-- together, again and again, is passed from hand to hand: for a bonus on each account, or to start anew after a ban. A sale is
-- one change, and takes days. What anyone could copy, an identifier, is told from what the network saw: the next account spoke from the same
-- line within the hour; his victim's line he can share too. So the account that had the machine first may have been copied, whether it came back or not: `first`.
WITH change AS (
  SELECT * FROM features.card_turn
  -- Three days: used cards are advertised, posted and installed.
  WHERE from_account <> to_account AND overlap <= 0.1 AND taken_at - left_at <= 259200000
), passed AS (
  SELECT kind, key, count(*) AS changes, count(*) FILTER (WHERE back) AS backs,
    count(*) FILTER (WHERE same_line AND taken_at - left_at <= 3600000) AS unbroken,
    quantile_cont(taken_at - left_at, 0.5) / 60000 AS gap_minutes, min(left_at) AS first_at, max(taken_at) AS last_at
  FROM change GROUP BY kind, key
  -- Three changes within sixty days: three sales of one card in that time are no trade that we know.
  HAVING count(*) >= 3 AND max(taken_at) - min(left_at) <= 5184000000 * (count(*) // 3)
), eldest AS (
  -- Over all changes, also those that count as none: who was away for long before the first taker came is still the first.
  SELECT kind, key, from_account AS account_id FROM (
    SELECT kind, key, from_account, row_number() OVER (PARTITION BY kind, key ORDER BY left_at, from_device) AS k FROM features.card_turn
  ) WHERE k = 1
), holder AS (
  SELECT kind, key, from_account AS account_id FROM change UNION SELECT kind, key, to_account FROM change
), party AS (
  SELECT kind, key, list(account_id ORDER BY account_id) AS accounts FROM holder GROUP BY kind, key
), named AS (
  SELECT h.account_id, h.kind, h.key, y.accounts, p.*,
    CASE WHEN e.account_id IS NOT NULL THEN 'first' WHEN 2 * p.unbroken >= p.changes AND p.unbroken >= 3 THEN 'unbroken' ELSE 'passed-on' END AS level
  FROM holder h JOIN passed p ON p.kind = h.kind AND p.key = h.key JOIN party y ON y.kind = h.kind AND y.key = h.key
  LEFT JOIN eldest e ON e.kind = h.kind AND e.key = h.key AND e.account_id = h.account_id
)
SELECT account_id AS subject_id, level, concat(kind, ' ', key) AS value,
  list_filter(accounts, lambda id: id <> account_id)[1:50] AS related,
  (SELECT count(DISTINCT d.account_id) FROM raw.devices d JOIN raw.gpus g ON g.device_id = d.device_id WHERE g.gpu_uuid IS NOT NULL) AS tested,
  json_object('changes_of_hands', changes, 'returns', backs, 'on_the_same_line_within_the_hour', unbroken, 'accounts', len(accounts),
    'usual_gap_minutes', round(gap_minutes), 'known_by', kind)::VARCHAR AS facts,
  first_at, last_at
FROM named
