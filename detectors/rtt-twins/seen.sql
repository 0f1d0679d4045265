-- Accounts with a machine that was probed in 40 spans of the odd days and 40 of the even ones: the power to tell two lines apart.
SELECT DISTINCT m.account_id AS subject_id
FROM own.ping_machine m
JOIN (
  SELECT device_id FROM own.ping_residual GROUP BY device_id
  HAVING count(*) FILTER (WHERE slot * width // 96 % 2 = 0) >= 40 AND count(*) FILTER (WHERE slot * width // 96 % 2 = 1) >= 40
) r ON r.device_id = m.device_id
