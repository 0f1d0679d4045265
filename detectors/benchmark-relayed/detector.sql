-- A machine that passes its benchmark on to another one's card adds the time of the way there, in every run the same. When the least
-- delay of a machine lies far above that of the fleet, beyond what its own path explains, and machines with equal extra time
-- report one PCIe figure as well, one card somewhere else answers for all of them.
WITH path AS (
  SELECT device_id, quantile_cont(rtt_ms, 0.5) AS rtt_ms FROM raw.pings
  WHERE ok AND isfinite(rtt_ms) AND rtt_ms BETWEEN 0 AND 60000 GROUP BY device_id
), delay AS (
  -- Setting up a run takes as long as it takes anywhere; three ways back and forth are what a challenge needs.
  SELECT r.device_id, count(*) AS runs, quantile_cont(r.started_at - r.requested_at, 0.1) - 3 * greatest(coalesce(min(p.rtt_ms), 0), 0) AS least_ms,
    quantile_cont(r.started_at - r.requested_at, 0.5) AS usual_ms, count(r.pcie) AS pcie_runs,
    quantile_cont(ln(r.pcie), 0.5) AS log_pcie, quantile_cont(ln(r.pcie), 0.9) - quantile_cont(ln(r.pcie), 0.1) AS pcie_spread,
    min(r.started_at) AS first_at, max(r.finished_at) AS last_at
  FROM features.benchmark_run r LEFT JOIN path p ON p.device_id = r.device_id
  WHERE r.requested_at IS NOT NULL AND r.started_at >= r.requested_at AND r.started_at - r.requested_at < 3600000
  GROUP BY r.device_id HAVING count(*) >= 6
), fleet AS (
  -- The quickest quarter stands for machines that answer themselves, whatever share of the fleet does not.
  SELECT count(*) AS devices, quantile_cont(least_ms, 0.25) AS quick_ms,
    quantile_cont(usual_ms - least_ms, 0.25) AS spread_ms FROM delay
), late AS (
  SELECT d.*, d.least_ms - f.quick_ms AS extra_ms FROM delay d CROSS JOIN fleet f
  WHERE f.devices >= 20 AND d.least_ms - f.quick_ms > greatest(700, f.spread_ms)
), kin AS (
  -- Cells of forty percent of extra time and half a percent of PCIe rate, and their neighbours: pairs only within cells.
  SELECT device_id, pcie_runs, extra_ms, log_pcie, CAST(floor(ln(extra_ms) / 0.4) AS BIGINT) AS delay_cell, CAST(floor(log_pcie / 0.005) AS BIGINT) AS pcie_cell
  FROM late WHERE pcie_runs >= 6 AND pcie_spread < 0.05
), crowd AS (
  SELECT device_id, delay_cell, pcie_cell FROM (SELECT *, row_number() OVER (PARTITION BY delay_cell, pcie_cell ORDER BY extra_ms, log_pcie, device_id) AS k FROM kin) WHERE k <= 200
), near AS (
  SELECT a.device_id, list(b.device_id ORDER BY b.device_id) AS others
  FROM (SELECT *, unnest([delay_cell - 1, delay_cell, delay_cell + 1]) AS d, [pcie_cell - 1, pcie_cell, pcie_cell + 1] AS pcie_cells FROM kin) a
  JOIN crowd c ON c.delay_cell = a.d AND c.pcie_cell IN (a.pcie_cells[1], a.pcie_cells[2], a.pcie_cells[3])
  JOIN kin b ON b.device_id = c.device_id
  WHERE a.device_id <> b.device_id AND abs(a.extra_ms - b.extra_ms) < greatest(0.1 * a.extra_ms, 300) AND abs(a.log_pcie - b.log_pcie) < 0.005
  GROUP BY a.device_id
), pcie AS (
  -- Chance of that PCIe figure, from the machines that are not late; at least one in fifty.
  SELECT k.device_id, greatest((count(d.device_id) + 1.0) / (min(n.devices) + 1), 0.02) AS p
  FROM kin k CROSS JOIN (SELECT count(*) AS devices FROM delay WHERE pcie_runs >= 6) n
  LEFT JOIN (SELECT device_id, log_pcie, CAST(floor(log_pcie / 0.005) AS BIGINT) AS cell FROM delay WHERE pcie_runs >= 6 AND device_id NOT IN (SELECT device_id FROM late)) d
    ON d.cell = k.pcie_cell
  GROUP BY k.device_id
), judged AS (
  SELECT l.*, coalesce(len(n.others), 0) AS alike, n.others, x.p,
    CASE WHEN coalesce(len(n.others), 0) >= 3 AND len(n.others) * -ln(least(x.p * 3, 0.999)) >= 6 THEN 'one-relay' ELSE 'extra-time' END AS level
  FROM late l LEFT JOIN near n ON n.device_id = l.device_id LEFT JOIN pcie x ON x.device_id = l.device_id
)
SELECT device_id AS subject_id, level, CAST(NULL AS VARCHAR) AS value,
  CASE WHEN level = 'one-relay' THEN others[1:50] ELSE []::VARCHAR[] END AS related,
  (SELECT count(*) FROM delay) AS tested,
  json_object('runs', runs, 'extra_ms', round(extra_ms, 0), 'least_delay_ms', round(least_ms, 0), 'pcie_gb_s', round(exp(log_pcie), 2),
    'machines_alike', alike, 'chance_of_that_pcie', round(p, 4))::VARCHAR AS facts,
  first_at, last_at
FROM judged
