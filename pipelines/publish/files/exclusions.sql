-- What a distributor leaves out: excluded accounts, wallets behind which every account is excluded, void
-- devices, and the void cards of others. An entry holds from the subject's first day (empty: unknown, so from
-- the beginning) to the snapshot: what comes later was not judged. A wallet is listed in every spelling in
-- which its accounts name it, and in none if one of them is not excluded.
WITH payee AS (
  SELECT account_id, account.wallet, wallet_key(account.wallet) AS wallet_key, account.created_at,
    verdict.verdict, verdict.reasons
  FROM verdict.account AS verdict JOIN raw.accounts AS account USING (account_id)
  WHERE wallet_key(account.wallet) IS NOT NULL
),
wallet AS (
  SELECT wallet_key, CASE WHEN bool_and(created_at IS NOT NULL) THEN min(created_at) END AS valid_from,
    -- The reasons of all its accounts, each once, in order of the words.
    array_to_string(list_sort(list_distinct(string_split(string_agg(reasons, '|' ORDER BY account_id), '|'))),
      '|') AS reasons
  FROM payee GROUP BY wallet_key HAVING bool_and(verdict = 'exclude')
),
entry AS (
  SELECT 'account' AS unit, account_id AS id, account.created_at AS valid_from, verdict.reasons,
    NULL::BIGINT AS gpu_index
  FROM verdict.account AS verdict JOIN raw.accounts AS account USING (account_id)
  WHERE verdict.verdict = 'exclude'
  UNION ALL
  SELECT 'device', device_id, device.registered_at, verdict.reasons, NULL
  FROM verdict.device AS verdict JOIN raw.devices AS device USING (device_id) WHERE verdict.verdict = 'void'
  UNION ALL
  SELECT 'device', gpu.device_id, device.registered_at, gpu.reasons, gpu.gpu_index
  FROM verdict.gpu AS gpu
  JOIN raw.devices AS device USING (device_id)
  JOIN verdict.device AS machine USING (device_id)
  WHERE gpu.verdict = 'void' AND machine.verdict <> 'void'
  UNION ALL
  SELECT DISTINCT 'wallet', payee.wallet, wallet.valid_from, wallet.reasons, NULL
  FROM payee JOIN wallet USING (wallet_key)
),
-- Whose decision put it here: of a wallet, the analysts of all its accounts.
decided_wallet AS (
  SELECT wallet_key, array_to_string(list_sort(list_distinct(list("by" ORDER BY "by"))), '|') AS decided_by
  FROM decided JOIN payee ON subject_type = 'account' AND subject_id = account_id GROUP BY wallet_key
),
analyst AS (
  SELECT subject_type AS unit, subject_id AS id, "by" AS decided_by FROM decided
  UNION ALL
  SELECT DISTINCT 'wallet', payee.wallet, decided_wallet.decided_by
  FROM payee JOIN decided_wallet USING (wallet_key)
)
SELECT entry.unit, entry.id, iso_time(valid_from) AS valid_from, iso_time($snapshot) AS valid_to, reasons,
  coalesce(decided_by, '') AS decided_by, gpu_index
FROM entry LEFT JOIN analyst ON analyst.unit = entry.unit AND analyst.id = entry.id AND gpu_index IS NULL
ORDER BY entry.unit, entry.id, gpu_index NULLS FIRST
