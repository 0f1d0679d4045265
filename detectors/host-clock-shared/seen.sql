-- Devices whose clock was read two days or more and runs free: a clock without drift is set by time servers
-- and carries nothing.
SELECT DISTINCT device_id AS subject_id
FROM features.clock_line
WHERE abs(drift_ppm) BETWEEN $free_ppm AND $wildest_ppm AND drift_error_ppm <= $rate_ppm
