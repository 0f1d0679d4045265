-- What a distributor leaves out: excluded accounts, wallets behind which every account is excluded, and void devices.
-- An entry holds from the subject's first day to the snapshot: what comes later was not judged.
WITH entry AS (
  SELECT 'account' AS unit, account_id AS id, account.created_at AS valid_from, verdict.reasons, decided."by" AS decided_by
  FROM verdict.account AS verdict JOIN raw.accounts AS account USING (account_id)
  LEFT JOIN decided ON decided.subject_type = 'account' AND decided.subject_id = account_id
  WHERE verdict.verdict = 'exclude'
  UNION ALL
  SELECT 'device', device_id, device.registered_at, verdict.reasons, decided."by"
  FROM verdict.device AS verdict JOIN raw.devices AS device USING (device_id)
  LEFT JOIN decided ON decided.subject_type = 'device' AND decided.subject_id = device_id
  WHERE verdict.verdict = 'void'
  UNION ALL
  SELECT
    'wallet',
    account.wallet,
    min(account.created_at),
    -- The reasons of all its accounts, each once, in order of the words.
    array_to_string(list_sort(list_distinct(string_split(string_agg(verdict.reasons, '|' ORDER BY account_id), '|'))), '|'),
    array_to_string(list_sort(list_distinct(list(decided."by" ORDER BY decided."by") FILTER (decided."by" IS NOT NULL))), '|')
  FROM verdict.account AS verdict JOIN raw.accounts AS account USING (account_id)
  LEFT JOIN decided ON decided.subject_type = 'account' AND decided.subject_id = account_id
  WHERE account.wallet <> ''
  GROUP BY account.wallet
  HAVING bool_and(verdict.verdict = 'exclude')
)
SELECT unit, id, iso_time(valid_from) AS valid_from, iso_time($snapshot) AS valid_to, reasons, coalesce(decided_by, '') AS decided_by
FROM entry
ORDER BY unit, id
