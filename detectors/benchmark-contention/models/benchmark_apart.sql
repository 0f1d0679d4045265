-- Machines whose runs fell beside each other, and that at another time both ran at full speed in one moment:
-- two cards, both ways.
WITH beside AS (
  SELECT DISTINCT a.device_id, b.device_id AS other
  FROM own.benchmark_fall a
  JOIN own.benchmark_fall b
    ON b.fallen AND idiv(b.started_at, hour_ms()) = idiv(a.started_at, hour_ms())
      AND b.device_id <> a.device_id AND b.started_at < a.finished_at AND a.started_at < b.finished_at
  WHERE a.fallen
)
SELECT DISTINCT p.device_id, p.other
FROM beside p
JOIN features.full_speed a ON a.device_id = p.device_id
JOIN features.full_speed b
  ON b.device_id = p.other AND b.hour = a.hour
    AND ran_together(a.started_at, a.finished_at, b.started_at, b.finished_at)
WHERE a.only_card AND b.only_card
