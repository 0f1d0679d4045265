-- Devices whose counter was read often enough while it drew power.
SELECT DISTINCT device_id AS subject_id
FROM rollup.device_meter
GROUP BY device_id, gpu_index HAVING sum(intervals) >= $least_intervals AND sum(drawn_mj) > 0
