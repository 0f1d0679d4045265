-- Devices with enough steps of power: what an idle card does not have.
SELECT device_id AS subject_id
FROM features.telemetry_rhythm GROUP BY device_id HAVING sum(steps) >= $least_steps
