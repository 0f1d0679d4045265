-- Devices that were probed on two days and not benchmarked.
SELECT device_id AS subject_id
FROM rollup.ping_day WHERE device_id NOT IN (SELECT device_id FROM features.benchmark_run)
GROUP BY device_id HAVING count(DISTINCT day) >= 2
