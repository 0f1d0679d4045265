-- Devices of a known model, not Apple, with a day of power and temperature.
SELECT DISTINCT t.device_id AS subject_id
FROM features.telemetry_card t
JOIN features.card_claim c ON c.device_id = t.device_id AND c.gpu_index = t.gpu_index AND c.latest
WHERE c.gpu_model IS NOT NULL AND c.vendor <> 'apple' AND t.power_n >= $least_readings
  AND t.temp_n >= $least_readings
