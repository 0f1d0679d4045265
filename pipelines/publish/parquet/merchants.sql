-- A row per machine of a merchant, with the figures of the whole set: what explain tells its owner.
SELECT card_set.* EXCLUDE (set_no, merchant), device_id, device.account_id, device.verdict
FROM verdict.card_set AS card_set
JOIN verdict.one_card USING (set_no)
JOIN verdict.device AS device USING (device_id)
WHERE merchant
ORDER BY merchant_id, device_id
