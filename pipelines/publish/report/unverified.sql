-- Devices without any network-measured evidence, per claimed model.
SELECT device.gpu_model, count(*) AS devices, count(*) FILTER (verdict.verified = 'unverified') AS unverified
FROM verdict.device AS verdict JOIN raw.devices AS device USING (device_id)
GROUP BY device.gpu_model
HAVING count(*) FILTER (verdict.verified = 'unverified') > 0
ORDER BY unverified DESC, device.gpu_model
LIMIT $cap
