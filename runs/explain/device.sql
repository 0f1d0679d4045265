-- One device, with the verdict of its owner.
SELECT device.*, owner.verdict AS owner_verdict
FROM device_facts AS device LEFT JOIN account_facts AS owner USING (account_id) WHERE device_id = $id
