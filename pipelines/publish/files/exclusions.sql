-- What a distributor leaves out: excluded accounts, wallets behind which every account is excluded, and void devices.
-- An entry holds from the subject's first day to the snapshot: what comes later was not judged.
WITH entry AS (
  SELECT 'account' AS unit, account_id AS id, account.created_at AS valid_from, verdict.reasons
  FROM verdict.account AS verdict JOIN raw.accounts AS account USING (account_id)
  WHERE verdict.verdict = 'exclude'
  UNION ALL
  SELECT 'device', device_id, device.registered_at, verdict.reasons
  FROM verdict.device AS verdict JOIN raw.devices AS device USING (device_id)
  WHERE verdict.verdict = 'void'
  UNION ALL
  SELECT
    'wallet',
    account.wallet,
    min(account.created_at),
    -- The reasons of all its accounts, each once, in order of the words.
    array_to_string(list_sort(list_distinct(string_split(string_agg(verdict.reasons, '|' ORDER BY account_id), '|'))), '|')
  FROM verdict.account AS verdict JOIN raw.accounts AS account USING (account_id)
  WHERE account.wallet <> ''
  GROUP BY account.wallet
  HAVING bool_and(verdict.verdict = 'exclude')
),
-- Whose decision put it here: of a wallet, the analysts of all its accounts.
payee AS (
  SELECT wallet_key(account.wallet) AS wallet_key,
    array_to_string(list_sort(list_distinct(list("by" ORDER BY "by"))), '|') AS decided_by
  FROM decided JOIN raw.accounts AS account ON subject_type = 'account' AND subject_id = account.account_id
  GROUP BY 1
),
analyst AS (
  SELECT subject_type AS unit, subject_id AS id, "by" AS decided_by FROM decided
  UNION ALL
  SELECT DISTINCT 'wallet', account.wallet, payee.decided_by
  FROM payee JOIN raw.accounts AS account ON wallet_key(account.wallet) = payee.wallet_key
)
SELECT unit, id, iso_time(valid_from) AS valid_from, iso_time($snapshot) AS valid_to, reasons,
  coalesce(decided_by, '') AS decided_by
FROM entry LEFT JOIN analyst USING (unit, id)
ORDER BY unit, id
