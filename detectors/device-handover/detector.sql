-- A machine that stops under one account and appears under another, again and again, without both ever being
-- online together, is passed from hand to hand. A sale is one change, and takes days.
WITH change AS (
  SELECT *
  FROM features.card_turn
  WHERE from_account <> to_account AND overlap <= $most_overlap
    AND taken_at - left_at <= $longest_gap_days * day_ms()
),
passed AS (
  SELECT kind, key, count(*) AS changes, count(*) FILTER (back) AS backs,
    count(*) FILTER (same_line AND taken_at - left_at <= hour_ms()) AS unbroken,
    quantile_cont(taken_at - left_at, 0.5) / minute_ms() AS gap_minutes, min(left_at) AS first_at,
    max(taken_at) AS last_at
  FROM change
  GROUP BY kind, key
  HAVING count(*) >= $least_changes
    AND max(taken_at) - min(left_at) <= $window_days * day_ms() * (count(*) // $least_changes)
),
eldest AS (
  -- Over all changes: who was away for long before the first taker is still the first.
  SELECT kind, key, from_account AS eldest
  FROM features.card_turn QUALIFY row_number() OVER (PARTITION BY kind, key ORDER BY left_at, from_device) = 1
),
holder AS (
  SELECT kind, key, from_account AS account_id FROM change UNION SELECT kind, key, to_account FROM change
),
named AS (
  SELECT p.*, account_id, account_id = eldest AS first,
    unbroken * 2 >= changes AND unbroken >= $least_changes AS line,
    list(account_id ORDER BY account_id) OVER (PARTITION BY kind, key) AS accounts
  FROM holder JOIN passed p USING (kind, key) JOIN eldest USING (kind, key)
)
SELECT account_id AS subject_id, level, concat(kind, ' ', key) AS value,
  others(accounts, account_id) AS related,
  (
    SELECT count(DISTINCT account_id)
    FROM raw.devices JOIN raw.gpus g USING (device_id) WHERE g.gpu_uuid IS NOT NULL
  ) AS tested,
  json_object('changes_of_hands', changes, 'returns', backs, 'on_the_same_line_within_the_hour', unbroken,
    'accounts', len(accounts), 'usual_gap_minutes', round(gap_minutes), 'known_by', kind)::VARCHAR AS facts,
  first_at, last_at
FROM (
  SELECT *,
    unnest(CASE WHEN first THEN ['first']
      WHEN line THEN ['passed-on', 'unbroken']
      ELSE ['passed-on'] END) AS level
  FROM named
)
