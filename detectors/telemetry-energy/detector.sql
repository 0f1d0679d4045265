-- The driver integrates power many times a second; a message shows it at one moment. A program that adds up
-- the powers it has told, or draws a line between them, gains exactly what they give, and a real counter does
-- not.
WITH card AS (
  SELECT device_id, gpu_index, CAST(sum(intervals) AS BIGINT) AS intervals,
    CAST(sum(drawn_mj) AS BIGINT) AS drawn_mj, CAST(sum(still) AS BIGINT) AS still,
    CAST(sum(steps) AS BIGINT) AS steps,
    CAST(greatest(sum(steps_after), sum(steps_before)) AS BIGINT) AS told, count(*) AS days,
    -- The median day: a card that was swapped starts at another count.
    quantile_cont(CAST(gained_mj AS DOUBLE) / drawn_mj, 0.5) FILTER (WHERE drawn_mj > 0) AS ratio,
    CAST(sum(jumps) AS BIGINT) AS jumps, CAST(sum(jumps_middle) AS BIGINT) AS middle,
    min(day) * day_ms() AS first_at, (max(day) + 1) * day_ms() - 1 AS last_at
  FROM rollup.device_meter GROUP BY device_id, gpu_index
),
metered AS (
  SELECT c.*, v.account_id, v.agent_version, l.architecture, a.device_id IS NOT NULL AS trusted
  FROM card c
  JOIN raw.devices v USING (device_id)
  JOIN features.card_claim l ON l.device_id = c.device_id AND l.gpu_index = c.gpu_index AND l.latest
  LEFT JOIN features.telemetry_anchor a USING (device_id)
  WHERE c.intervals >= $least_intervals AND c.drawn_mj > 0 AND l.vendor <> 'apple' AND NOT l.declared_slice
),
usual AS (
  SELECT agent_version, architecture, grouping(agent_version, architecture) AS by_one,
    count(DISTINCT account_id) AS owners, quantile_cont(ratio, 0.5) AS ratio,
    quantile_cont(CAST(told AS DOUBLE) / steps, 0.5) FILTER (WHERE steps >= $least_steps) AS told,
    quantile_cont(CAST(middle AS DOUBLE) / jumps, 0.5) FILTER (WHERE jumps >= $least_steps) AS middle
  FROM metered WHERE trusted GROUP BY GROUPING SETS ((agent_version), (architecture))
),
judged AS (
  -- Twice what half of the trusted cards show, since cards differ.
  SELECT m.*, greatest($least_share, 2 * g.told, 2 * h.told) AS told_usual,
    greatest($least_share, 2 * g.middle, 2 * h.middle) AS middle_usual,
    coalesce(g.ratio BETWEEN $watts_low AND $watts_high AND h.ratio BETWEEN $watts_low AND $watts_high,
      FALSE) AS counts_watts,
    counts_watts AND still >= $still_share * intervals AS stuck
  FROM metered m
  JOIN usual g
    ON g.by_one = 1 AND g.agent_version IS NOT DISTINCT FROM m.agent_version AND g.owners >= $release_owners
  JOIN usual h
    ON h.by_one = 2 AND h.architecture IS NOT DISTINCT FROM m.architecture
      AND h.owners >= $architecture_owners
)
SELECT device_id AS subject_id, level, (SELECT count(DISTINCT device_id) FROM judged) AS tested,
  json_object('intervals', intervals, 'energy_over_power_and_time', round(ratio, 3),
    'intervals_without_gain', still, 'power_steps', steps, 'gained_as_told', told,
    'gained_as_told_usual_share', round(told_usual, 3), 'power_jumps', jumps, 'gained_halfway', middle,
    'gained_halfway_usual_share', round(middle_usual, 3), 'card', gpu_index)::VARCHAR AS facts,
  first_at, last_at
FROM judged CROSS JOIN (VALUES ('stuck'), ('ledger'), ('interpolated'), ('unrelated')) l(level)
-- A counter that hangs is no other fault. The bounds are after all cards.
WHERE stuck = (level = 'stuck')
  AND CASE level WHEN 'stuck' THEN TRUE
    WHEN 'ledger'
      THEN told * 2 >= steps
        AND poisson_nats(told, steps * told_usual) - ln((SELECT count(*) FROM metered)) >= $least_nats
    WHEN 'interpolated'
      THEN middle * 2 >= jumps
        AND poisson_nats(middle, jumps * middle_usual) - ln((SELECT count(*) FROM metered)) >= $least_nats
    ELSE counts_watts AND days >= 2 AND (ratio < 0.5 OR ratio > 2) END
