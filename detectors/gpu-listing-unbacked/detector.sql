-- A machine is listed as so many cards of one model; its inventories say what is there. Several models are a fact
-- and no offence. Cards that inventory after inventory does not show for days are sold without being there; so is a
-- listed model that no run came near. Null: a lost card comes back, or the listing is corrected, within days.
WITH shown AS (
  SELECT g.device_id, coalesce(g.seen_at, c.registered_at, 0) AS seen, c.own, c.gpu_model, c.fp32_tflops,
    c.bandwidth_max_gb_s, g.mig_profile IS NOT NULL OR starts_with(coalesce(g.gpu_uuid, ''), 'MIG-') AS instance
  FROM raw.gpus g
  JOIN features.card_claim c ON c.device_id = g.device_id AND c.gpu_index = g.gpu_index
    AND coalesce(g.seen_at, c.registered_at, 0) >= c.from_at
    AND coalesce(g.seen_at, c.registered_at, 0) < coalesce(c.until_at, 9e15)
), inventory AS (
  -- Instances of a divided card count where no whole card stands beside them.
  SELECT s.device_id, s.seen, l.account_id, l.gpu_count, l.claim,
    CASE WHEN bool_and(instance) THEN count(*) ELSE count(*) FILTER (WHERE NOT instance) END AS cards,
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
), unnamed AS (
  -- Runs of hosts of several models that do not say which card ran.
  SELECT device_id, count(*) AS runs, max(bandwidth) AS bandwidth, max(fp32) AS fp32, min(started_at) AS first_at,
    max(finished_at) AS last_at
  FROM features.benchmark_run
  WHERE claim_from IS NULL AND bandwidth IS NOT NULL AND fp32 IS NOT NULL GROUP BY device_id
), others AS (
  -- Hosts of several models of which no run says that a card of the listed model ran.
  SELECT r.device_id, count(*) AS runs, min(r.started_at) AS first_at, max(r.finished_at) AS last_at
  FROM features.benchmark_run r JOIN features.card_claim c
    ON c.device_id = r.device_id AND c.gpu_index = r.gpu_index AND c.from_at = r.claim_from
  WHERE c.several GROUP BY r.device_id HAVING bool_and(c.own)
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
  FROM unnamed u JOIN features.device_claim l ON l.device_id = u.device_id CROSS JOIN population p
  WHERE u.runs >= 3 AND u.bandwidth < 0.6 * l.bandwidth_min_gb_s AND u.fp32 < 0.6 * l.fp32_tflops
  UNION ALL
  SELECT o.device_id, 'never-measured', o.first_at, o.last_at, p.measured,
    json_object('listed', l.claim, 'runs_of_other_cards', o.runs)::VARCHAR
  FROM others o JOIN features.device_claim l ON l.device_id = o.device_id CROSS JOIN population p WHERE o.runs >= 3
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related, tested, facts,
  first_at, last_at
FROM finding
