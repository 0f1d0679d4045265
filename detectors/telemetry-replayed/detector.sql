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
spoken AS (
  SELECT *,
    list(DISTINCT other_id ORDER BY other_id) FILTER (WHERE another) OVER (PARTITION BY device_id,
        level) AS sources
  FROM judged
  QUALIFY row_number() OVER (PARTITION BY device_id, level
    ORDER BY nats DESC, gpu_index, other_id, other_index, lag_bins)
    = 1
)
SELECT s.device_id AS subject_id, s.level, s.sources[1:50] AS related,
  (SELECT count(DISTINCT device_id) FROM features.telemetry_rhythm) AS tested,
  json_object('shift_hours', s.lag_bins / $hour_bins, 'steps', s.steps, 'steps_repeated', s.matched,
    'expected_by_chance', round(s.expected, 1), 'most_at_another_shift', s.rival,
    'surprise_nats', round(s.nats, 1), 'card', s.gpu_index)::VARCHAR AS facts,
  min(t.first_at) AS first_at, max(t.last_at) AS last_at
FROM spoken s JOIN features.telemetry_rhythm t USING (device_id) GROUP BY ALL
