-- The supply ladder and the real cards behind it, per claimed model; how they are counted stands in the
-- judge's supply.
SELECT gpu_model, claimed, heartbeating, answering, benchmarked, void, real_low,
  plain(real_estimate) AS real_estimate, real_high
FROM verdict.supply ORDER BY gpu_model
