-- Machines with a card each do not care who else is asked. Each was challenged at seconds drawn by chance, in some rounds
-- together with all others and in some alone; one that holds its memory alone and fails together has no card of its own.
-- Under the null a machine fails at its own rate (beta-binomial, spread as among controls), whatever the round and whoever
-- else holds. Against it bet two predictors that only know earlier rounds: the machine fails when some machine holds in
-- whose company it failed before; or it fails with one certain partner. Wealth of such bets is an e-value: by Ville's
-- inequality an honest machine reaches e^x at most once in e^x.
WITH gate AS (
  -- A round in which half of the controls failed was the network's failure.
  SELECT plan_id, round FROM features.challenge_run WHERE role = 'control' AND outcome <> 'excused'
  GROUP BY plan_id, round HAVING count(*) >= 3 AND 2 * count(*) FILTER (WHERE outcome = 'held') > count(*)
), regional AS (
  -- The same of a country, where it has three controls in the round.
  SELECT plan_id, round, country FROM features.challenge_run WHERE role = 'control' AND outcome <> 'excused' AND country IS NOT NULL
  GROUP BY plan_id, round, country HAVING count(*) >= 3 AND 2 * count(*) FILTER (WHERE outcome = 'held') <= count(*)
), busy AS (
  -- Excused in most rounds together: nothing was learnt, whoever arranged it.
  SELECT device_id, gpu_index, cohort, count(*) FILTER (WHERE outcome = 'excused') AS excused
  FROM features.challenge_run WHERE together GROUP BY device_id, gpu_index, cohort
  HAVING 2 * count(*) FILTER (WHERE outcome = 'excused') <= count(*)
), run AS (
  SELECT c.plan_id, c.cohort, c.device_id, c.gpu_index, concat(c.gpu_index, ':', c.device_id) AS unit, c.role = 'control' AS control,
    c.round, c.together, c.outcome, c.country, y.excused, CAST(c.outcome = 'held' AS INTEGER) AS held, c.starts_at
  FROM features.challenge_run c JOIN gate USING (plan_id, round)
  JOIN busy y ON y.device_id = c.device_id AND y.gpu_index = c.gpu_index AND y.cohort = c.cohort
  ANTI JOIN regional g ON g.plan_id = c.plan_id AND g.round = c.round AND g.country = c.country WHERE c.outcome <> 'excused'
), bet AS (
  -- Two accounts of the same rounds: every failure, and only what the network measured (no answer is no measurement).
  SELECT kind, run.*, 1 - held AS failed FROM run CROSS JOIN (VALUES ('any'), ('measured')) k(kind)
  WHERE kind = 'any' OR outcome <> 'absent'
), control AS (
  SELECT kind, unit, CAST(count(*) AS DOUBLE) AS n, CAST(sum(failed) AS DOUBLE) AS k FROM bet WHERE control GROUP BY kind, unit
), spread AS (
  -- Moments of the beta-binomial (Kleinman 1973). Never rarer than 3 %, never more even than six runs' worth.
  SELECT kind, greatest((sum(k) + 1) / (sum(n) + 20), 0.03) AS m, count(*) AS controls, sum(n) / count(*) AS runs
  FROM control GROUP BY kind
), moment AS (
  SELECT s.kind, any_m, controls, least(greatest((fsum((c.k - c.n * any_m) ** 2) / fsum(c.n * any_m * (1 - any_m)) - 1)
    / greatest(max(runs) - 1, 1), 1.0 / 7), 0.5) AS rho
  FROM (SELECT *, m AS any_m FROM spread) s JOIN control c USING (kind) GROUP BY s.kind, any_m, controls
), prior AS (
  SELECT kind, controls, any_m * (1 / rho - 1) AS a, (1 - any_m) * (1 / rho - 1) AS b FROM moment
), crowd AS (
  -- How controls fare when all are asked at once, of a country and of the network (NULL).
  SELECT kind, country, CAST(sum(failed) AS DOUBLE) AS k, CAST(count(*) AS DOUBLE) AS n, count(DISTINCT unit) AS controls
  FROM bet WHERE control AND together GROUP BY GROUPING SETS ((kind, country), (kind)) HAVING GROUPING(country) = 1 OR country IS NOT NULL
), timed AS (
  -- What is known of a machine in each of its rounds: its rate so far, alone and together; its rate alone within three rounds
  -- of now; its rate at this quarter of the day. People and outages come in hours, and must not look like company.
  SELECT b.*, p.controls, p.a, p.b, p.a / (p.a + p.b) AS m, (coalesce(l.k, w.k) + p.a) / (coalesce(l.n, w.n) + p.a + p.b) AS crowded,
    coalesce(sum(failed) FILTER (WHERE NOT together) OVER unit, 0) AS k_alone, count(*) FILTER (WHERE NOT together) OVER unit AS n_alone,
    coalesce(sum(failed) FILTER (WHERE together) OVER past, 0) AS k_past, count(*) FILTER (WHERE together) OVER past AS n_past,
    coalesce(sum(failed) FILTER (WHERE NOT together) OVER near, 0) AS k_near, count(*) FILTER (WHERE NOT together) OVER near AS n_near,
    coalesce(sum(failed) FILTER (WHERE NOT together) OVER quarter, 0) + coalesce(sum(failed) FILTER (WHERE together) OVER earlier, 0) AS k_day,
    count(*) FILTER (WHERE NOT together) OVER quarter + count(*) FILTER (WHERE together) OVER earlier AS n_day
  FROM bet b JOIN prior p USING (kind) JOIN crowd w ON w.kind = b.kind AND w.country IS NULL
  LEFT JOIN crowd l ON l.kind = b.kind AND l.country = b.country AND l.controls >= 3 WHERE NOT b.control
  WINDOW unit AS (PARTITION BY kind, cohort, unit),
    past AS (PARTITION BY kind, cohort, unit ORDER BY round ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    near AS (PARTITION BY kind, cohort, unit ORDER BY round RANGE BETWEEN 3 PRECEDING AND 3 FOLLOWING),
    quarter AS (PARTITION BY kind, cohort, unit, starts_at // 21600000 % 4),
    earlier AS (PARTITION BY kind, cohort, unit, starts_at // 21600000 % 4 ORDER BY round ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), turn AS (
  SELECT kind, cohort, unit, round, failed, crowded, (a + k_alone + k_past) / (a + b + n_alone + n_past) AS usual,
    (m + k_near) / (1 + n_near) AS near, (m + k_day) / (1 + n_day) AS daily
  FROM timed WHERE together
), innocent AS (
  -- The likelihood under whichever of the four explains the machine best; the fourth: as the controls of its country.
  SELECT kind, cohort, unit, greatest(fsum(ln(CASE failed WHEN 1 THEN usual ELSE 1 - usual END)),
    fsum(ln(CASE failed WHEN 1 THEN crowded ELSE 1 - crowded END)),
    fsum(ln(CASE failed WHEN 1 THEN near ELSE 1 - near END)), fsum(ln(CASE failed WHEN 1 THEN daily ELSE 1 - daily END))) AS nats
  FROM turn GROUP BY kind, cohort, unit
), pair AS (
  SELECT t.kind, t.cohort, t.unit, t.round, t.failed, o.unit AS other, o.held,
    coalesce(sum(o.held) OVER past, 0) AS n_held, coalesce(sum(o.held * t.failed) OVER past, 0) AS k_held,
    coalesce(sum(1 - o.held) OVER past, 0) AS n_open, coalesce(sum((1 - o.held) * t.failed) OVER past, 0) AS k_open
  FROM turn t JOIN run o ON o.cohort = t.cohort AND o.round = t.round AND o.together AND o.unit <> t.unit
  WINDOW past AS (PARTITION BY t.kind, t.cohort, t.unit, o.unit ORDER BY t.round ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), company AS (
  SELECT kind, cohort, unit, round, failed,
    least(coalesce(max(CASE WHEN held = 1 THEN (k_held + 0.5) / (n_held + 1) END), 0.5), 0.97) AS chance
  FROM pair GROUP BY kind, cohort, unit, round, failed
), partner AS (
  SELECT kind, cohort, unit, other, fsum(ln(CASE failed WHEN 1 THEN chance ELSE 1 - chance END)) AS nats, sum(held * (1 - failed)) AS both_held
  FROM (SELECT *, CASE held WHEN 1 THEN (k_held + 1.5) / (n_held + 2) ELSE (k_open + 0.3) / (n_open + 1) END AS chance FROM pair)
  GROUP BY kind, cohort, unit, other
), wealth AS (
  SELECT kind, cohort, unit, 1.0 AS share, fsum(ln(CASE failed WHEN 1 THEN chance ELSE 1 - chance END)) AS nats
  FROM company GROUP BY kind, cohort, unit
  UNION ALL
  SELECT kind, cohort, unit, 1.0 / count(*) OVER (PARTITION BY kind, cohort, unit), nats FROM partner
), evidence AS (
  -- The four stakes are equal; of the cards of a machine the strongest is taken, at the price of the choice.
  SELECT w.cohort, w.unit, ln(fsum(w.share * exp(least(w.nats - i.nats, 600.0)) / 4)) AS nats
  FROM wealth w JOIN innocent i ON i.kind = w.kind AND i.cohort = w.cohort AND i.unit = w.unit GROUP BY w.cohort, w.unit
), record AS (
  SELECT cohort, device_id, gpu_index, unit, count(*) FILTER (WHERE together) AS asked, sum(1 - held) FILTER (WHERE together) AS failed,
    count(*) FILTER (WHERE NOT together) AS asked_alone, coalesce(sum(1 - held) FILTER (WHERE NOT together), 0) AS failed_alone,
    count(*) FILTER (WHERE together AND outcome IN ('short', 'slow', 'cut')) AS less, count(*) FILTER (WHERE together AND outcome = 'late') AS late,
    max(excused) AS excused, max(country) AS country, min(starts_at) AS first_at, max(starts_at) AS last_at
  FROM run WHERE NOT control GROUP BY cohort, device_id, gpu_index, unit
), contrast AS (
  -- Alone it could, and together it fails at one and a half times that rate at least; `more`: the two rates in standard errors.
  SELECT cohort, unit, (1.0 * failed / asked - 1.0 * failed_alone / asked_alone) / sqrt((failed + failed_alone + 0.5) * (asked + asked_alone - failed - failed_alone + 0.5)
    / (asked + asked_alone + 1) ** 2 * (1.0 / asked + 1.0 / asked_alone)) AS more
  FROM record WHERE asked_alone - failed_alone >= 3 AND failed >= 3 AND failed * (asked_alone + 1) >= 1.5 * (failed_alone + 0.5) * asked
), odd AS (
  -- How far each of those is from its own mean in a round together.
  SELECT plan_id, cohort, unit, round, held - sum(held) OVER u / count(*) OVER u AS own FROM run JOIN contrast USING (cohort, unit)
  WHERE together WINDOW u AS (PARTITION BY cohort, unit)
), total AS (
  SELECT plan_id, cohort, round, fsum(own) AS t, fsum(own ** 2) AS v FROM odd GROUP BY GROUPING SETS ((plan_id, cohort, round), (plan_id, round))
), even AS (
  -- Shared cards make the number that hold at once too even: its variance over that of independent machines, as chi square in
  -- normal quantiles (Wilson and Hilferty 1931). What befalls machines one by one leaves it; what befalls many raises it.
  SELECT plan_id, cohort, (cbrt(fsum(t ** 2) / fsum(v)) - 1 + 2 / (9 * count(*))) / sqrt(2 / (9 * count(*))) AS z
  FROM total GROUP BY plan_id, cohort HAVING fsum(v) > 0
), turns AS (
  -- Correlation of a machine with the others of its cohort, in standard errors; NULL where one of the two never varies.
  SELECT o.cohort, o.unit, least(min(e.z), min(p.z)) AS even_z,
    fsum(o.own * (t.t - o.own)) / nullif(sqrt(fsum(o.own ** 2) * fsum((t.t - o.own) ** 2)), 0) * sqrt(count(*)) AS z
  FROM odd o JOIN total t ON t.cohort = o.cohort AND t.round = o.round LEFT JOIN even e ON e.cohort = o.cohort
  LEFT JOIN even p ON p.plan_id = o.plan_id AND p.cohort IS NULL GROUP BY o.cohort, o.unit
), card AS (
  SELECT r.*, e.nats - ln(count(*) OVER (PARTITION BY r.device_id)) AS nats
  FROM record r JOIN evidence e ON e.cohort = r.cohort AND e.unit = r.unit
), exclusive AS (
  -- Never held both at once, although by their shares alone they would have three times or more: they take turns.
  SELECT p.cohort, p.unit, list(DISTINCT q.device_id ORDER BY q.device_id) AS others
  FROM partner p JOIN record q ON q.cohort = p.cohort AND q.unit = p.other
  JOIN record r ON r.cohort = p.cohort AND r.unit = p.unit
  WHERE p.kind = 'any' AND p.both_held = 0 AND q.device_id <> r.device_id
    AND (q.asked - q.failed) * (r.asked - r.failed) >= 3 * greatest(q.asked, r.asked)
  GROUP BY p.cohort, p.unit
), named AS (
  SELECT c.*, round(c.nats, 3) AS said, x.others, row_number() OVER (PARTITION BY c.device_id ORDER BY c.nats DESC, c.unit, c.cohort) AS k,
    v.unit IS NOT NULL AND (x.others IS NOT NULL OR v.more > 2.33) AS contrast, t.z AS turn_z, t.even_z, l.country IS NOT NULL AS local,
    -- A partner by name; or, where the controls of the country do better, turns (one in seven hundred) in the cohort or the plan.
    x.others IS NOT NULL OR ((c.country IS NULL OR l.country IS NOT NULL) AND v.more > 3.5 AND (t.z < -3 OR (t.even_z < -3 AND coalesce(t.z, 0) < 1.5))) AS takes_turns
  FROM card c LEFT JOIN exclusive x ON x.cohort = c.cohort AND x.unit = c.unit
  LEFT JOIN contrast v ON v.cohort = c.cohort AND v.unit = c.unit
  LEFT JOIN turns t ON t.cohort = c.cohort AND t.unit = c.unit
  LEFT JOIN crowd l ON l.kind = 'any' AND l.country = c.country AND l.controls >= 3
), silent AS (
  -- A machine that sends heartbeats and never answers, alone or not.
  SELECT r.device_id FROM record r
  WHERE r.asked + r.asked_alone >= 8 AND r.failed + r.failed_alone = r.asked + r.asked_alone AND r.less + r.late = 0
    AND NOT EXISTS (SELECT 1 FROM run u WHERE u.unit = r.unit AND u.outcome <> 'absent')
    AND EXISTS (SELECT 1 FROM rollup.device_day d WHERE d.device_id = r.device_id AND d.day BETWEEN r.first_at // 86400000 AND r.last_at // 86400000)
)
SELECT n.device_id AS subject_id,
  CASE WHEN contrast AND said >= 10.5 AND less + late >= 3 AND takes_turns THEN CASE WHEN less >= late THEN 'short' ELSE 'late' END
    WHEN contrast AND said >= 6 AND less + late >= 2 THEN 'likely' WHEN contrast AND said >= 6 THEN 'silent-together' ELSE 'absent' END AS level,
  CAST(NULL AS VARCHAR) AS value, coalesce(n.others[1:50], CAST([] AS VARCHAR[])) AS related,
  -- As many honest machines as would show such a record three times.
  CASE WHEN contrast AND said >= 6 THEN CAST(floor(3 * exp(least(said, 20))) AS BIGINT) ELSE (SELECT max(controls) FROM prior) END AS tested,
  json_object('rounds_together', asked, 'failed_together', failed, 'of_those_short_or_slow', less, 'of_those_late', late,
    'rounds_alone', asked_alone, 'failed_alone', failed_alone, 'excused_together', excused, 'never_held_with', len(n.others), 'turns_z', round(turn_z, 2), 'evenness_z', round(even_z, 2),
    'controls_of_country', local, 'surprise_nats', round(said, 2))::VARCHAR AS facts,
  first_at, last_at
FROM named n
WHERE k = 1 AND ((contrast AND said >= 6) OR n.device_id IN (SELECT device_id FROM silent))
