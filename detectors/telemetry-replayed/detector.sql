-- No card repeats another's fortnight. When its power steps in the rhythm in which another card's, or its
-- own, stepped some hours or days before, its readings are a recording. The later series is the copy.
WITH copy AS (
  SELECT c.*, c.device_id <> c.other_id AS another,
    least(c.lag_bins % $day_bins, $day_bins - c.lag_bins % $day_bins) <= 2 AS whole_days,
    r.pauses >= $least_pauses AND r.steps * c.lag_bins >= $round_steps * r.bins AS real_use
  FROM features.telemetry_copy c JOIN features.telemetry_rhythm r USING (device_id, gpu_index)
  WHERE lag_bins > 0 AND nats >= $least_nats AND matched >= $least_matched AND matched >= 2 * rival
    AND matched >= c.steps * $copied_share
),
judged AS (
  SELECT *
  FROM copy CROSS JOIN (VALUES ('other-machine'), ('own-past'), ('own-days')) l(level)
  -- A habit repeats too, but not most steps of it, and it has few different pauses; a recording of real use
  -- has many.
  WHERE CASE level WHEN 'other-machine' THEN another
    WHEN 'own-past' THEN NOT another AND real_use AND matched >= steps * $own_share
    ELSE NOT another AND real_use AND whole_days AND matched >= steps * $days_share END
),
source AS (
  SELECT device_id, level, list(DISTINCT other_id ORDER BY other_id) FILTER (WHERE another) AS sources
  FROM judged GROUP BY device_id, level
),
watched AS (
  SELECT device_id, min(first_at) AS first_at, max(last_at) AS last_at
  FROM features.telemetry_rhythm GROUP BY device_id
)
SELECT j.device_id AS subject_id, j.level, s.sources[1:50] AS related,
  (SELECT count(*) FROM watched) AS tested,
  json_object('shift_hours', j.lag_bins / $hour_bins, 'steps', j.steps, 'steps_repeated', j.matched,
    'expected_by_chance', round(j.expected, 1), 'most_at_another_shift', j.rival,
    'surprise_nats', round(j.nats, 1), 'card', j.gpu_index)::VARCHAR AS facts,
  w.first_at, w.last_at
FROM judged j
JOIN source s ON s.device_id = j.device_id AND s.level = j.level
JOIN watched w ON w.device_id = j.device_id
QUALIFY row_number() OVER (PARTITION BY j.device_id, j.level
  ORDER BY j.nats DESC, j.gpu_index, j.other_id, j.other_index, j.lag_bins)
  = 1
