-- Machines that passed some challenges alone and were asked often enough together, in a plan with controls,
-- not excused in most of the rounds together; and those that never answered and are found for that.
SELECT device_id AS subject_id
FROM features.challenge_run WHERE role <> 'control'
GROUP BY device_id
HAVING count(*) FILTER (together AND outcome <> 'excused')
  >= greatest($least_asked, 0.5 * count(*) FILTER (together))
  AND count(*) FILTER (NOT together AND outcome = 'held') >= $least_rounds
  AND (
    SELECT count(DISTINCT device_id)
    FROM features.challenge_run WHERE role = 'control' AND outcome <> 'excused'
  )
    >= $least_controls
UNION SELECT device_id FROM own.silent_machine
