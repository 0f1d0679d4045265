-- The driver integrates power many times a second; a message shows power at one moment. So where power steps between two messages, the energy
-- counter's gain lies anywhere between what the two powers would give: it knows when the step came. A program that adds up the
-- powers it has told, or draws a line between them, does not. Null: counters as trusted machines of the same agent release and the same
-- architecture show them, so that an agent which adds up by itself, or counts in another unit, convicts nobody.
WITH card AS (
  SELECT m.device_id, m.gpu_index, CAST(sum(m.intervals) AS BIGINT) AS intervals, CAST(sum(m.drawn_mj) AS BIGINT) AS drawn_mj,
    CAST(sum(m.still) AS BIGINT) AS still, CAST(sum(m.steps) AS BIGINT) AS steps, CAST(greatest(sum(m.steps_after), sum(m.steps_before)) AS BIGINT) AS told,
    -- The median day: a card that was swapped starts at another count.
    quantile_cont(CAST(m.gained_mj AS DOUBLE) / m.drawn_mj, 0.5) FILTER (WHERE m.drawn_mj > 0) AS ratio, count(*) AS days,
    CAST(sum(m.jumps) AS BIGINT) AS jumps, CAST(sum(m.jumps_middle) AS BIGINT) AS middle, min(m.day) * 86400000 AS first_at, (max(m.day) + 1) * 86400000 - 1 AS last_at
  FROM rollup.device_meter m GROUP BY m.device_id, m.gpu_index
), metered AS (
  SELECT c.*, v.account_id, v.agent_version, l.architecture, a.device_id IS NOT NULL AS trusted
  FROM card c JOIN raw.devices v ON v.device_id = c.device_id JOIN features.card_claim l ON l.device_id = c.device_id AND l.gpu_index = c.gpu_index AND l.latest
  LEFT JOIN features.telemetry_anchor a ON a.device_id = c.device_id
  WHERE c.intervals >= 48 AND c.drawn_mj > 0 AND l.vendor <> 'apple' AND NOT l.declared_slice
), usual AS (
  SELECT agent_version, architecture, grouping(agent_version, architecture) AS by_one, count(DISTINCT account_id) AS owners, quantile_cont(ratio, 0.5) AS ratio,
    quantile_cont(CAST(told AS DOUBLE) / steps, 0.5) FILTER (WHERE steps >= 6) AS told, quantile_cont(CAST(middle AS DOUBLE) / jumps, 0.5) FILTER (WHERE jumps >= 6) AS middle
  FROM metered WHERE trusted GROUP BY GROUPING SETS ((agent_version), (architecture))
), judged AS (
  SELECT m.*, g.ratio BETWEEN 0.8 AND 1.25 AND h.ratio BETWEEN 0.8 AND 1.25 AS counts_watts,
    -- Twice what half of the trusted cards show, since cards differ, and a tenth at least.
    greatest(0.1, 2 * g.told, 2 * h.told) AS told_usual, greatest(0.1, 2 * g.middle, 2 * h.middle) AS middle_usual
  FROM metered m
  JOIN usual g ON g.by_one = 1 AND g.agent_version IS NOT DISTINCT FROM m.agent_version AND g.owners >= 5
  JOIN usual h ON h.by_one = 2 AND h.architecture IS NOT DISTINCT FROM m.architecture AND h.owners >= 3
), surprise AS (
  -- Chernoff's bound for a Poisson count, after all cards.
  SELECT *, CASE WHEN told * 2 >= steps AND told > steps * told_usual THEN told * ln(told / (steps * told_usual)) - told + steps * told_usual END - ln((SELECT count(*) FROM metered)) AS told_nats,
    CASE WHEN middle * 2 >= jumps AND middle > jumps * middle_usual THEN middle * ln(middle / (jumps * middle_usual)) - middle + jumps * middle_usual END - ln((SELECT count(*) FROM metered)) AS middle_nats
  FROM judged
), contradiction AS (
  SELECT *, CASE WHEN counts_watts AND still * 10 >= intervals * 9 THEN 'stuck' WHEN told_nats >= 3 THEN 'ledger' WHEN middle_nats >= 3 THEN 'interpolated'
    WHEN counts_watts AND days >= 2 AND (ratio < 0.5 OR ratio > 2) THEN 'unrelated' END AS level
  FROM surprise
), worst AS (
  SELECT *, row_number() OVER (PARTITION BY device_id, gpu_index ORDER BY list_position(['ledger', 'interpolated', 'unrelated', 'stuck'], level)) AS k
  FROM contradiction WHERE level IS NOT NULL
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value, []::VARCHAR[] AS related, (SELECT count(DISTINCT device_id) FROM judged) AS tested,
  json_object('intervals', intervals, 'energy_over_power_and_time', round(ratio, 3), 'intervals_without_gain', still, 'power_steps', steps, 'gained_as_told', told, 'gained_as_told_usual_share', round(told_usual, 3),
    'power_jumps', jumps, 'gained_halfway', middle, 'gained_halfway_usual_share', round(middle_usual, 3), 'card', gpu_index)::VARCHAR AS facts,
  first_at, last_at
FROM worst WHERE k = 1
