-- Merchants of a void device, or of the void devices of an account that is not excluded, with those among the
-- subject's own machines. Who is only under review on that card, or excluded as the operator, is not told
-- that he bought anything.
SELECT merchant_id, merchants.accounts, merchants.devices, merchants.devices_void, cards_at_least,
  cards_at_most, list(device_id ORDER BY device_id) AS own_devices
FROM merchants JOIN account_facts AS owner USING (account_id)
WHERE merchants.verdict = 'void' AND owner.verdict <> 'exclude'
  AND CASE WHEN $kind = 'device' THEN device_id = $id ELSE account_id = $id END
GROUP BY ALL ORDER BY merchant_id
