-- Machines that were asked often enough, never answered, and sent heartbeats on the days of the challenges.
SELECT DISTINCT device_id
FROM own.record r JOIN rollup.device_day d USING (device_id)
WHERE asked + asked_alone >= $least_asked AND never_answered
  AND d.day BETWEEN day_of(r.first_at) AND day_of(r.last_at)
