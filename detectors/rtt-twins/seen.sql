-- Accounts with a machine that was probed often enough on odd days and on even ones to tell two lines apart.
SELECT DISTINCT m.account_id AS subject_id
FROM own.ping_machine m
JOIN (SELECT device_id, slot * width // $day_bins % 2 = 1 AS odd FROM own.ping_residual) r
  ON r.device_id = m.device_id
GROUP BY m.account_id, m.device_id
HAVING count(*) FILTER (WHERE odd) >= $least_spans AND count(*) FILTER (WHERE NOT odd) >= $least_spans
