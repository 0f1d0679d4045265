-- Machines that passed three challenges alone at least and were asked eight times together, in a plan with controls, not
-- excused in most of the rounds together.
SELECT device_id AS subject_id
FROM features.challenge_run
WHERE role <> 'control' AND outcome <> 'excused'
GROUP BY device_id
HAVING count(*) FILTER (WHERE together) >= 8 AND count(*) FILTER (WHERE NOT together AND outcome = 'held') >= 3
  AND 2 * count(*) FILTER (WHERE together) >= (SELECT count(*) FROM features.challenge_run a WHERE a.device_id = challenge_run.device_id AND a.together)
  AND (SELECT count(DISTINCT device_id) FROM features.challenge_run WHERE role = 'control' AND outcome <> 'excused') >= 3
