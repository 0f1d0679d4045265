-- Devices whose counter was read over 48 intervals while it drew power.
SELECT DISTINCT device_id AS subject_id FROM rollup.device_meter GROUP BY device_id, gpu_index HAVING sum(intervals) >= 48 AND sum(drawn_mj) > 0
