-- Devices with enough runs whose challenges have a time, in a fleet of enough of them whose way the pings
-- show.
SELECT device_id AS subject_id
FROM own.delay WHERE (SELECT count(*) FROM own.delay) >= $least_devices AND EXISTS (SELECT 1 FROM raw.pings)
