-- A machine is listed as so many cards of one model; its inventories say what is there, and runs what the
-- best of it can do. Null: a lost card comes back, or the listing is corrected, within days.
WITH inventory AS (
  -- Instances of a divided card count where no whole card stands beside them.
  SELECT s.device_id, s.told_at AS seen, l.account_id, l.gpu_count, l.claim,
    CASE WHEN bool_and(instance) OR bool_or(l.declared_slice)
        THEN greatest(count(*) FILTER (WHERE instance), count(*) FILTER (WHERE NOT instance))
      ELSE count(*) FILTER (WHERE NOT instance) END AS cards,
    count(*) FILTER (WHERE NOT s.own) AS as_listed, list(DISTINCT s.gpu_model ORDER BY s.gpu_model) AS models,
    bool_and(NOT s.own
      OR coalesce(s.fp32_tflops < l.fp32_tflops AND s.bandwidth_max_gb_s < l.bandwidth_max_gb_s,
        FALSE)) AS others_lesser
  FROM features.shown_card s JOIN features.device_claim l USING (device_id)
  GROUP BY s.device_id, s.told_at, l.account_id, l.gpu_count, l.claim
),
marked AS (
  SELECT *, seen = max(seen) OVER machine AS newest,
    seen > coalesce(max(CASE WHEN 2 * cards > gpu_count THEN seen END) OVER machine, -1) AS poor
  FROM inventory WINDOW machine AS (PARTITION BY device_id)
),
device AS (
  -- `poor`: the inventories since the last one with more than half of the listed cards.
  SELECT device_id, account_id, gpu_count, claim, max(cards) AS ever_most, count(*) AS inventories,
    min(seen) AS since, max(seen) AS last_at, count(*) FILTER (WHERE poor) AS poor,
    min(seen) FILTER (WHERE poor) AS poor_since, max(cards) FILTER (WHERE poor) AS poor_most,
    max(as_listed) FILTER (WHERE newest) AS as_listed, max(cards) FILTER (WHERE newest) AS cards,
    max(models) FILTER (WHERE newest) AS models,
    bool_and(others_lesser) FILTER (WHERE newest) AS others_lesser
  FROM marked GROUP BY device_id, account_id, gpu_count, claim
),
habit AS (
  -- A client that lists the first card alone: many owners of several cards never show all.
  SELECT count(*) >= $habit_accounts AND count(*) FILTER (WHERE short) > count(*) * $habit_share AS partial
  FROM (
    SELECT account_id, bool_or(ever_most < gpu_count) AS short
    FROM device WHERE gpu_count >= 2 GROUP BY account_id
  )
),
reach AS (
  -- Runs of hosts of several models against the listed one.
  SELECT r.device_id, l.claim, l.gpu_count, l.bandwidth_min_gb_s, l.fp32_tflops, count(*) AS runs,
    max(r.bandwidth) AS bandwidth, max(r.fp32) AS fp32, min(r.started_at) AS first_at,
    max(r.finished_at) AS last_at
  FROM features.benchmark_run r JOIN features.device_claim l USING (device_id)
  WHERE r.bandwidth IS NOT NULL AND r.fp32 IS NOT NULL AND l.fp32_tflops IS NOT NULL
    AND r.device_id IN (SELECT device_id FROM features.run_claim WHERE several)
  GROUP BY ALL
  HAVING count(*) >= $least_runs
    AND NOT bool_or(r.bandwidth >= $bandwidth_share * l.bandwidth_min_gb_s
      AND r.fp32 >= $fp32_share * l.fp32_tflops)
)
SELECT device_id AS subject_id, level,
  (SELECT count(*) FROM device WHERE inventories >= $least_inventories) AS tested,
  json_object('listed', claim, 'listed_cards', gpu_count, 'cards_shown_at_most', poor_most,
    'inventories', poor, 'days', round((last_at - poor_since) / day_ms(), 1))::VARCHAR AS facts,
  poor_since AS first_at, last_at
FROM device CROSS JOIN habit CROSS JOIN (VALUES ('mostly-absent'), ('half-absent')) l(level)
WHERE NOT coalesce(partial, FALSE) AND gpu_count >= 2 AND poor >= $least_inventories
  AND last_at - poor_since >= $least_days * day_ms()
  AND (level = 'half-absent' OR poor_most <= $quarter * gpu_count)
UNION ALL
SELECT device_id, 'mostly-lesser', (SELECT count(*) FROM device),
  json_object('listed', claim, 'listed_cards', gpu_count, 'cards_shown', cards,
    'of_the_listed_model', as_listed, 'models', models)::VARCHAR,
  since, last_at
FROM device WHERE len(models) > 1 AND 2 * as_listed < cards AND others_lesser
UNION ALL
SELECT device_id, level, (SELECT count(DISTINCT device_id) FROM features.benchmark_run),
  json_object('listed', claim, 'listed_cards', gpu_count, 'runs', runs, 'best_bandwidth_gb_s', bandwidth,
    'listed_bandwidth_gb_s', bandwidth_min_gb_s, 'best_fp32_tflops', fp32,
    'listed_fp32_tflops', fp32_tflops)::VARCHAR,
  first_at, last_at
FROM reach CROSS JOIN (VALUES ('only-card-lesser'), ('never-reached')) l(level)
WHERE gpu_count = 1 OR level = 'never-reached'
