-- Devices with the power to be judged: seven requests or more while a run of another device of their model was to be expected.
SELECT w.device_id AS subject_id
FROM (
  SELECT device_id, count(*) OVER same - count(*) OVER own AS beside
  FROM own.benchmark_wait
  WINDOW same AS (PARTITION BY class ORDER BY requested_at RANGE BETWEEN 30000 PRECEDING AND CURRENT ROW),
    own AS (PARTITION BY class, device_id ORDER BY requested_at RANGE BETWEEN 30000 PRECEDING AND CURRENT ROW)
) w
WHERE w.beside > 0
GROUP BY w.device_id HAVING count(*) >= 7
UNION
-- A coincidence is a sign however few the requests.
SELECT device_id FROM own.benchmark_queue
UNION
SELECT device_id FROM own.queue
