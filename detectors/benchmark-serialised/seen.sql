-- Devices with enough requests while a run of another one of their model was to be expected.
SELECT device_id AS subject_id
FROM (
  SELECT device_id, count(*) OVER same > count(*) OVER own AS beside
  FROM own.benchmark_wait
  WINDOW same AS (PARTITION BY class ORDER BY requested_at RANGE $beside_ms PRECEDING),
    own AS (PARTITION BY class, device_id ORDER BY requested_at RANGE $beside_ms PRECEDING)
)
WHERE beside
GROUP BY device_id HAVING count(*) >= $power
-- A coincidence is a sign however few the requests.
UNION
SELECT device_id FROM own.benchmark_queue
UNION SELECT device_id FROM own.queue
