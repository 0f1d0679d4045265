-- The devices of one account that are not clear.
SELECT device_id, verdict, risk, reasons
FROM device_facts WHERE account_id = $id AND verdict <> 'clear' ORDER BY risk DESC, device_id
