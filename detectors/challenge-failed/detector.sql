-- Machines with a card each do not care who else is asked. Asked at seconds drawn by chance, one that holds
-- its memory alone and fails when others are asked at the same second has no card of its own.
WITH exclusive AS (
  -- Never held both at once, although by their shares they would have: they take turns.
  SELECT cohort, unit, list(DISTINCT q.device_id ORDER BY q.device_id) AS others
  FROM own.partner p
  JOIN own.record r USING (cohort, unit)
  JOIN own.record q ON q.cohort = r.cohort AND q.unit = p.other
  WHERE p.kind = 'any' AND p.both_held = 0 AND q.device_id <> r.device_id
    AND (q.asked - q.failed) * (r.asked - r.failed) >= $least_rounds * greatest(q.asked, r.asked)
  GROUP BY cohort, unit
),
card AS (
  -- Of the cards of a machine the strongest is taken, at the price of the choice.
  SELECT r.*, s.nats - ln(count(*) OVER (PARTITION BY device_id)) AS nats, round(nats, 3) AS said, others,
    turn_z, even_z, l.country IS NOT NULL AS local,
    coalesce(more IS NOT NULL AND (others IS NOT NULL OR more > $contrast_z), FALSE) AS contrast,
    others IS NOT NULL
      OR ((r.country IS NULL OR local) AND more > $turns_more_z
        AND (turn_z < -$turn_z OR (even_z < -$turn_z AND coalesce(turn_z, 0) < $company_z))) AS takes_turns
  FROM own.record r
  JOIN own.surprise s USING (cohort, unit)
  LEFT JOIN exclusive USING (cohort, unit)
  LEFT JOIN own.rotation USING (cohort, unit)
  LEFT JOIN own.crowd l ON l.kind = 'any' AND l.country = r.country
  QUALIFY row_number() OVER (PARTITION BY device_id ORDER BY nats DESC, unit, cohort) = 1
),
named AS (
  SELECT *, contrast AND said >= $likely_nats AS odd,
    unnest([CASE WHEN odd AND said >= $sure_nats AND less + late >= $least_rounds AND takes_turns
          THEN CASE WHEN less >= late THEN 'short' ELSE 'late' END END,
      CASE WHEN odd THEN CASE WHEN less + late >= 2 THEN 'likely' ELSE 'silent-together' END END,
      CASE WHEN device_id IN (FROM own.silent_machine) THEN 'absent' END]) AS level
  FROM card
)
SELECT device_id AS subject_id, level, others[1:50] AS related,
  (SELECT count(DISTINCT unit) FROM own.asked WHERE control) AS tested,
  CASE WHEN level <> 'absent' THEN said END AS surprise,
  json_object('rounds_together', asked, 'failed_together', failed, 'of_those_short_or_slow', less,
    'of_those_late', late, 'rounds_alone', asked_alone, 'failed_alone', failed_alone,
    'excused_together', excused, 'never_held_with', len(others), 'turns_z', round(turn_z, 2),
    'evenness_z', round(even_z, 2), 'controls_of_country', local,
    'surprise_nats', round(said, 2))::VARCHAR AS facts,
  first_at, last_at
FROM named WHERE level IS NOT NULL
