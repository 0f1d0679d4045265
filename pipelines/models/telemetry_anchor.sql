-- Machines that what is normal may be learned from: the network's own benchmarks found the claimed card on
-- them, and people who also pay other owners have hired them. Nothing in this rests on telemetry, so a forger
-- of telemetry cannot move it.
WITH measured AS (
  SELECT b.device_id
  FROM features.benchmark_card b
  GROUP BY b.device_id
  -- A card at nine tenths of its data sheet, less what a power cap takes; the same bound for memory, which no
  -- owner slows.
  HAVING min(b.fp32_residual) >= ln(0.85) AND min(b.bandwidth_residual) >= ln(0.85)
    AND coalesce(min(b.memory_best_mib * 10 - b.memory_min_mib * 9), 0) >= 0
),
renter AS (
  SELECT r.renter_id
  FROM raw.rentals r JOIN raw.devices d USING (device_id)
  GROUP BY r.renter_id HAVING count(DISTINCT d.account_id) >= 3
),
paid AS (
  SELECT DISTINCT r.device_id
  FROM raw.rentals r JOIN raw.devices d USING (device_id)
  WHERE r.renter_id IN (SELECT renter_id FROM renter) AND r.renter_id <> d.account_id
)
SELECT m.device_id, d.account_id, dense_rank() OVER (ORDER BY d.account_id) % 2 AS fold
FROM measured m JOIN paid p USING (device_id) JOIN raw.devices d USING (device_id)
