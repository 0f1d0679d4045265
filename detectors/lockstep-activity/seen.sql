-- Owners of machines whose restarts can be seen, registered at a known time.
SELECT DISTINCT d.account_id AS subject_id
FROM raw.devices d JOIN features.account_order o ON o.account_id = d.account_id
WHERE d.device_id IN (SELECT device_id FROM rollup.device_restart)
