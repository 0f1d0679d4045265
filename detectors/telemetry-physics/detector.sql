-- A model of card has its own idle power, its own power under load and a cooler made for its limit, learned
-- from machines that the network benchmarked and strangers paid for. One odd figure can be a habit; two that
-- point to a smaller card are not.
WITH card AS (
  SELECT device_id, gpu_index, min(anchors) AS anchors,
    max(deviation) FILTER (WHERE metric = 'idle-power') AS idle,
    max(observed) FILTER (WHERE metric = 'idle-power') AS idle_seen,
    max(expected) FILTER (WHERE metric = 'idle-power') AS idle_usual,
    max(deviation) FILTER (WHERE metric = 'loaded-power') AS loaded,
    max(observed) FILTER (WHERE metric = 'loaded-power') AS loaded_seen,
    max(expected) FILTER (WHERE metric = 'loaded-power') AS loaded_usual,
    max(deviation) FILTER (WHERE metric = 'heat') AS heat,
    max(observed) FILTER (WHERE metric = 'heat') AS heat_seen,
    max(expected) FILTER (WHERE metric = 'heat') AS heat_usual
  FROM own.telemetry_physics GROUP BY device_id, gpu_index
),
odd AS (
  -- No cap and no cooler lowers what an idle card draws.
  SELECT *,
    (idle <= -1 AND (loaded <= -$outside OR heat >= $outside))
      OR (loaded <= -$outside AND loaded_seen <= $least_limit_share AND heat >= $outside) AS smaller,
    len(list_filter([idle, loaded, heat], lambda x: abs(x) >= $outside)) AS outside
  FROM card
)
SELECT o.device_id AS subject_id, level, (SELECT max(anchors) FROM card) AS tested,
  json_object('idle_power_share', round(o.idle_seen, 3), 'usual_idle_power_share', round(o.idle_usual, 3),
    'loaded_power_share', round(o.loaded_seen, 3), 'usual_loaded_power_share', round(o.loaded_usual, 3),
    'warming_c_per_limit', round(o.heat_seen, 1), 'usual_warming_c_per_limit', round(o.heat_usual, 1),
    'idle_deviation', o.idle, 'loaded_deviation', o.loaded, 'heat_deviation', o.heat,
    'trusted_cards', o.anchors, 'card', o.gpu_index)::VARCHAR AS facts,
  t.first_at, t.last_at
FROM odd o
JOIN features.telemetry_card t USING (device_id, gpu_index)
CROSS JOIN (VALUES ('smaller-card'), ('other-card')) l(level)
WHERE CASE level WHEN 'smaller-card' THEN o.smaller ELSE o.outside >= 2 END
