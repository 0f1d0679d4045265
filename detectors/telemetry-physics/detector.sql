-- A model of card has its own idle power, its own power under load and a cooler made for its limit. What these are is learned from
-- machines that the network benchmarked and strangers paid for; a deviation of 1 is where one trusted card in forty ends. One figure can
-- be a habit (a power cap, water, undervolting), two that point to a smaller card are not: little power for the claimed limit, and
-- much heat for that power. Null: the card is one of the trusted machines' kind.
WITH card AS (
  SELECT device_id, gpu_index, min(anchors) AS anchors,
    max(deviation) FILTER (WHERE metric = 'idle-power') AS idle, max(deviation) FILTER (WHERE metric = 'loaded-power') AS loaded,
    max(deviation) FILTER (WHERE metric = 'heat') AS heat,
    max(observed) FILTER (WHERE metric = 'idle-power') AS idle_seen, max(expected) FILTER (WHERE metric = 'idle-power') AS idle_usual,
    max(observed) FILTER (WHERE metric = 'loaded-power') AS loaded_seen, max(expected) FILTER (WHERE metric = 'loaded-power') AS loaded_usual,
    max(observed) FILTER (WHERE metric = 'heat') AS heat_seen, max(expected) FILTER (WHERE metric = 'heat') AS heat_usual
  FROM own.telemetry_physics GROUP BY device_id, gpu_index
), odd AS (
  SELECT *,
    -- No power limit that a driver accepts goes below a third, and no cap and no cooler lowers what an idle card draws.
    coalesce((idle <= -1 AND (loaded <= -1.3 OR heat >= 1.3)) OR (loaded <= -1.3 AND loaded_seen <= 0.33 AND heat >= 1.3), FALSE) AS smaller,
    coalesce(abs(idle) >= 1.3, FALSE)::INT + coalesce(abs(loaded) >= 1.3, FALSE)::INT + coalesce(abs(heat) >= 1.3, FALSE)::INT AS outside
  FROM card
), contradiction AS (
  SELECT o.device_id, o.gpu_index, CASE WHEN o.smaller THEN 'smaller-card' ELSE 'other-card' END AS level,
    json_object('idle_power_share', round(o.idle_seen, 3), 'usual_idle_power_share', round(o.idle_usual, 3), 'loaded_power_share', round(o.loaded_seen, 3),
      'usual_loaded_power_share', round(o.loaded_usual, 3), 'warming_c_per_limit', round(o.heat_seen, 1), 'usual_warming_c_per_limit', round(o.heat_usual, 1),
      'idle_deviation', o.idle, 'loaded_deviation', o.loaded, 'heat_deviation', o.heat, 'trusted_cards', o.anchors, 'card', o.gpu_index)::VARCHAR AS facts,
    t.first_at, t.last_at
  FROM odd o JOIN features.telemetry_card t ON t.device_id = o.device_id AND t.gpu_index = o.gpu_index
  WHERE o.smaller OR o.outside >= 2
), worst AS (
  SELECT *, row_number() OVER (PARTITION BY device_id, gpu_index ORDER BY list_position(['smaller-card', 'other-card'], level)) AS k
  FROM contradiction
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related,
  (SELECT coalesce(max(anchors), 0) FROM card) AS tested,
  facts, first_at, last_at
FROM worst WHERE k = 1
