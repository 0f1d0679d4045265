-- One row per device, with or without evidence. Its share of the owner's points is its online 15-minute bins
-- times its claimed cards; claimed cards alone for an owner none of whose devices was ever heard.
CREATE OR REPLACE TABLE verdict.device AS
WITH daily AS (
  SELECT device_id, day, max(bins)::BIGINT AS bins FROM rollup.device_day GROUP BY device_id, day
),
heard AS (SELECT device_id, sum(bins)::BIGINT AS bins FROM daily GROUP BY device_id),
owners AS (
  SELECT d.account_id, sum(h.bins)::BIGINT AS bins
  FROM raw.devices d JOIN heard h USING (device_id) GROUP BY d.account_id
),
measured AS (SELECT DISTINCT device_id FROM raw.benchmarks WHERE measured_by = 'network')
SELECT d.device_id, d.account_id, coalesce(j.verdict, 'clear') AS verdict, coalesce(j.risk, $prior) AS risk,
  CASE WHEN m.device_id IS NULL THEN 'unverified' ELSE 'network' END AS verified,
  coalesce(j.reasons, '') AS reasons, coalesce(j.held_by, '') AS held_by,
  greatest(d.gpu_count, 1)::HUGEINT
    * (CASE WHEN coalesce(o.bins, 0) > 0 THEN coalesce(h.bins, 0) ELSE 1 END) AS share
FROM raw.devices d
LEFT JOIN verdict.judged_device j USING (device_id)
LEFT JOIN heard h USING (device_id)
LEFT JOIN owners o USING (account_id)
LEFT JOIN measured m USING (device_id)
ORDER BY d.device_id;
