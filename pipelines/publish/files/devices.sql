-- Every device with its verdict, and whether the network itself has measured it.
SELECT device_id, account_id, verdict, plain(risk) AS risk, verified, reasons
FROM verdict.device
ORDER BY device_id
