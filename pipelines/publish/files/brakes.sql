-- The brakes that would have stopped the run and were overridden, with the reason given.
SELECT name, segment, observed, allowed, total, overridden_why
FROM verdict.brake ORDER BY name, segment, observed
