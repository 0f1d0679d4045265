-- How late the runs of each device begin after their challenge: the least delay, less the way there and back
-- that its pings show, and its PCIe rate. Setting up a run takes as long as it takes anywhere.
WITH path AS (
  SELECT device_id, quantile_cont(rtt_ms, 0.5) AS rtt_ms
  FROM raw.pings WHERE ok AND isfinite(rtt_ms) AND rtt_ms BETWEEN 0 AND minute_ms() GROUP BY device_id
)
SELECT device_id, min(d.agent_version) AS agent, min(d.gpu_model) AS model, count(*) AS runs,
  count(pcie) AS pcie_runs, quantile_cont(ln(pcie), 0.5) AS log_pcie,
  quantile_cont(started_at - requested_at, $quick)
    - $trips * greatest(coalesce(min(rtt_ms), 0), 0) AS least_ms,
  quantile_cont(started_at - requested_at, 0.5) AS usual_ms,
  quantile_cont(ln(pcie), 1 - $quick) - quantile_cont(ln(pcie), $quick) AS pcie_spread,
  CAST(floor(log_pcie / $pcie_step) AS BIGINT) AS pcie_cell, min(started_at) AS first_at,
  max(finished_at) AS last_at
FROM features.benchmark_run JOIN raw.devices d USING (device_id) LEFT JOIN path USING (device_id)
WHERE started_at >= requested_at AND started_at - requested_at < hour_ms()
GROUP BY device_id HAVING count(*) >= $least_runs
