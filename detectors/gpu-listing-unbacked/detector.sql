-- A machine is listed as so many cards of one model; its inventories say what is there. Several models are a fact
-- and no offence. Cards that inventory after inventory does not show for days are sold without being there; so is a
-- listed model that no run came near. Null: a lost card comes back, or the listing is corrected, within days.
WITH reported AS (
  SELECT g.device_id, g.gpu_index, coalesce(g.seen_at, d.registered_at, 0) AS seen,
    g.mig_profile IS NOT NULL OR starts_with(coalesce(g.gpu_uuid, ''), 'MIG-') AS instance
  FROM raw.gpus g JOIN raw.devices d ON d.device_id = g.device_id
), shown AS (
  SELECT g.device_id, g.seen, c.own, c.gpu_model, c.fp32_tflops, c.bandwidth_max_gb_s, g.instance
  FROM reported g
  ASOF JOIN features.card_claim c ON c.device_id = g.device_id AND c.gpu_index = g.gpu_index AND g.seen >= c.from_at
), inventory AS (
  -- Instances of a divided card count where no whole card stands beside them.
  SELECT s.device_id, s.seen, l.account_id, l.gpu_count, l.claim,
    CASE WHEN bool_and(instance) OR bool_or(l.declared_slice) THEN greatest(count(*) FILTER (WHERE instance), count(*) FILTER (WHERE NOT instance))
      ELSE count(*) FILTER (WHERE NOT instance) END AS cards,
    count(*) FILTER (WHERE NOT s.own) AS as_listed, list(DISTINCT s.gpu_model ORDER BY s.gpu_model) AS models,
    bool_and(NOT s.own OR coalesce(s.fp32_tflops < l.fp32_tflops
      AND s.bandwidth_max_gb_s < l.bandwidth_max_gb_s, FALSE)) AS others_lesser
  FROM shown s JOIN features.device_claim l ON l.device_id = s.device_id
  GROUP BY s.device_id, s.seen, l.account_id, l.gpu_count, l.claim
), marked AS (
  SELECT *, seen = max(seen) OVER machine AS newest,
    max(CASE WHEN 2 * cards > gpu_count THEN seen END) OVER machine AS last_full
  FROM inventory WINDOW machine AS (PARTITION BY device_id)
), device AS (
  -- `poor`: the inventories since the last one with more than half of the listed cards.
  SELECT device_id, account_id, gpu_count, claim, max(cards) AS ever_most, count(*) AS inventories,
    min(seen) AS since, max(seen) AS last_at,
    count(*) FILTER (WHERE seen > coalesce(last_full, -1)) AS poor,
    min(seen) FILTER (WHERE seen > coalesce(last_full, -1)) AS poor_since,
    max(cards) FILTER (WHERE seen > coalesce(last_full, -1)) AS poor_most,
    max(as_listed) FILTER (WHERE newest) AS as_listed, max(cards) FILTER (WHERE newest) AS cards,
    max(models) FILTER (WHERE newest) AS models, bool_and(others_lesser) FILTER (WHERE newest) AS others_lesser
  FROM marked GROUP BY device_id, account_id, gpu_count, claim
), habit AS (
  -- A client that lists the first card alone: a fifth of ten or more owners of several cards never show all.
  SELECT count(*) >= 10 AND count(*) FILTER (WHERE short) * 5 > count(*) AS partial
  FROM (SELECT account_id, bool_or(ever_most < gpu_count) AS short FROM device WHERE gpu_count >= 2 GROUP BY account_id)
), reach AS (
  -- Runs of hosts of several models against the listed one. Other cards of its class come to three quarters of its bandwidth.
  SELECT r.device_id, count(*) AS runs, max(r.bandwidth) AS bandwidth, max(r.fp32) AS fp32, min(r.started_at) AS first_at,
    max(r.finished_at) AS last_at,
    bool_or(r.bandwidth >= 0.75 * l.bandwidth_min_gb_s AND r.fp32 >= 0.6 * l.fp32_tflops) AS reached
  FROM features.benchmark_run r JOIN features.device_claim l ON l.device_id = r.device_id
  WHERE r.bandwidth IS NOT NULL AND r.fp32 IS NOT NULL AND l.fp32_tflops IS NOT NULL
    AND r.device_id IN (SELECT device_id FROM features.run_claim WHERE several)
  GROUP BY r.device_id
), population AS (
  SELECT (SELECT count(*) FROM device) AS inventoried, (SELECT count(*) FROM device WHERE inventories >= 3) AS watched,
    (SELECT count(DISTINCT device_id) FROM features.benchmark_run) AS measured
), finding AS (
  SELECT d.device_id, CASE WHEN 4 * d.poor_most <= d.gpu_count THEN 'mostly-absent' ELSE 'half-absent' END AS level,
    d.poor_since AS first_at, d.last_at, p.watched AS tested,
    json_object('listed', d.claim, 'listed_cards', d.gpu_count, 'cards_shown_at_most', d.poor_most,
      'inventories', d.poor, 'days', round((d.last_at - d.poor_since) / 86400000.0, 1))::VARCHAR AS facts
  FROM device d CROSS JOIN habit h CROSS JOIN population p
  WHERE NOT coalesce(h.partial, FALSE) AND d.gpu_count >= 2 AND d.poor >= 3 AND d.last_at - d.poor_since >= 172800000
  UNION ALL
  SELECT device_id, 'mostly-lesser', since, last_at, p.inventoried,
    json_object('listed', claim, 'listed_cards', gpu_count, 'cards_shown', cards, 'of_the_listed_model', as_listed,
      'models', models)::VARCHAR
  FROM device CROSS JOIN population p WHERE len(models) > 1 AND 2 * as_listed < cards AND others_lesser
  UNION ALL
  SELECT u.device_id, CASE WHEN l.gpu_count = 1 THEN 'only-card-lesser' ELSE 'never-reached' END,
    u.first_at, u.last_at, p.measured,
    json_object('listed', l.claim, 'listed_cards', l.gpu_count, 'runs', u.runs, 'best_bandwidth_gb_s', u.bandwidth,
      'listed_bandwidth_gb_s', l.bandwidth_min_gb_s, 'best_fp32_tflops', u.fp32, 'listed_fp32_tflops', l.fp32_tflops
    )::VARCHAR
  FROM reach u JOIN features.device_claim l ON l.device_id = u.device_id CROSS JOIN population p
  WHERE u.runs >= 3 AND NOT u.reached
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related, tested, facts,
  first_at, last_at
FROM finding
