-- A machine that passes its benchmark on to another one's card adds the time of the way there, in every run.
-- Where others of equal extra time report one PCIe rate as well, one card somewhere else answers for all of
-- them.
WITH fleet AS (
  -- The quickest quarter stands for machines that answer themselves: of one agent and model where there are
  -- enough, else of all.
  SELECT agent, model, grouping(agent) = 0 AS same, count(*) AS devices,
    quantile_cont(least_ms, $own) AS quick_ms, quantile_cont(usual_ms - least_ms, $own) AS spread_ms,
    $tail * (quantile_cont(least_ms, 0.5) - quick_ms) AS apart_ms
  FROM own.delay GROUP BY GROUPING SETS ((agent, model), ()) HAVING count(*) >= $least_devices
),
late AS (
  SELECT d.*, least_ms - quick_ms AS extra_ms, CAST(floor(ln(extra_ms) / $delay_step) AS BIGINT) AS delay_cell
  FROM (
    FROM own.delay d
    JOIN fleet f
      ON NOT f.same OR (f.agent IS NOT DISTINCT FROM d.agent AND f.model IS NOT DISTINCT FROM d.model)
    SELECT d.*, f.quick_ms, f.spread_ms, f.apart_ms
    QUALIFY row_number() OVER (PARTITION BY d.device_id ORDER BY f.same DESC) = 1
  ) d
  WHERE extra_ms > greatest($least_extra_ms, spread_ms, apart_ms)
),
kin AS (SELECT * FROM late WHERE pcie_runs >= $least_runs AND pcie_spread < $most_spread),
near AS (
  SELECT a.device_id, list(b.device_id ORDER BY b.device_id) AS others
  FROM (SELECT *, unnest([delay_cell - 1, delay_cell, delay_cell + 1]) AS cell FROM kin) a
  JOIN (
    FROM kin
    QUALIFY row_number() OVER (PARTITION BY delay_cell, pcie_cell ORDER BY extra_ms, log_pcie, device_id)
      <= $cell_size
  ) b
    ON b.delay_cell = a.cell AND b.pcie_cell BETWEEN a.pcie_cell - 1 AND a.pcie_cell + 1
  WHERE a.device_id <> b.device_id AND abs(a.log_pcie - b.log_pcie) < $pcie_step
    AND abs(a.extra_ms - b.extra_ms) < greatest($equal_extra * a.extra_ms, $equal_ms)
  GROUP BY a.device_id
),
usual AS (
  -- How usual a PCIe rate is, the machines that are not late tell.
  SELECT pcie_cell, count(*) FILTER (device_id NOT IN (SELECT device_id FROM late)) AS others,
    sum(count(*)) OVER () AS devices
  FROM own.delay WHERE pcie_runs >= $least_runs GROUP BY pcie_cell
),
judged AS (
  SELECT l.*, n.others, coalesce(len(n.others), 0) AS alike,
    CASE WHEN k.device_id IS NOT NULL THEN greatest((u.others + 1.0) / (u.devices + 1), $least_rate) END AS p
  FROM late l
  LEFT JOIN near n USING (device_id)
  LEFT JOIN kin k USING (device_id)
  LEFT JOIN usual u ON u.pcie_cell = l.pcie_cell
)
SELECT device_id AS subject_id, level, CASE level WHEN 'one-relay' THEN others[1:50] END AS related,
  (SELECT count(*) FROM own.delay) AS tested,
  json_object('runs', runs, 'extra_ms', round(extra_ms, 0), 'least_delay_ms', round(least_ms, 0),
    'pcie_gb_s', round(exp(log_pcie), 2), 'machines_alike', alike,
    'chance_of_that_pcie', round(p, 4))::VARCHAR AS facts,
  first_at, last_at
FROM judged
JOIN (VALUES ('extra-time'), ('one-relay')) v(level)
  ON level = 'extra-time' OR (alike >= $least_alike AND alike * ln(least(p * $cells, 1)) <= -$relay_nats)
