-- What a distributor leaves out: excluded accounts, wallets behind which every account is excluded, void devices, and the void cards of others.
-- An entry holds from the subject's first day to the snapshot: what comes later was not judged.
WITH entry AS (
  SELECT 'account' AS unit, account_id AS id, account.created_at AS valid_from, verdict.reasons, NULL::BIGINT AS gpu_index
  FROM verdict.account AS verdict JOIN raw.accounts AS account USING (account_id)
  WHERE verdict.verdict = 'exclude'
  UNION ALL
  SELECT 'device', device_id, device.registered_at, verdict.reasons, NULL
  FROM verdict.device AS verdict JOIN raw.devices AS device USING (device_id)
  WHERE verdict.verdict = 'void'
  UNION ALL
  SELECT 'device', gpu.device_id, device.registered_at, gpu.reasons, gpu.gpu_index
  FROM verdict.gpu AS gpu JOIN raw.devices AS device USING (device_id) JOIN verdict.device AS machine USING (device_id)
  WHERE gpu.verdict = 'void' AND machine.verdict <> 'void'
  UNION ALL
  SELECT
    'wallet',
    account.wallet,
    min(account.created_at),
    -- The reasons of all its accounts, each once, in order of the words.
    array_to_string(list_sort(list_distinct(string_split(string_agg(verdict.reasons, '|' ORDER BY account_id), '|'))), '|'),
    NULL
  FROM verdict.account AS verdict JOIN raw.accounts AS account USING (account_id)
  WHERE account.wallet <> ''
  GROUP BY account.wallet
  HAVING bool_and(verdict.verdict = 'exclude')
)
SELECT unit, id, iso_time(valid_from) AS valid_from, iso_time($snapshot) AS valid_to, reasons, gpu_index
FROM entry
ORDER BY unit, id, gpu_index NULLS FIRST
