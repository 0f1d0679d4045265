-- The machines of each merchant.
SELECT merchant_id, device_id, device.account_id, device.verdict
FROM verdict.card_set JOIN verdict.one_card USING (set_no) JOIN verdict.device AS device USING (device_id)
WHERE merchant
ORDER BY merchant_id, device_id
