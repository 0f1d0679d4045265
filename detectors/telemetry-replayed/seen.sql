-- Devices with forty steps of power or more: what an idle card does not have.
SELECT device_id AS subject_id FROM features.telemetry_event GROUP BY device_id HAVING count(*) >= 40
