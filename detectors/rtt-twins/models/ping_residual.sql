-- One row per machine and span of time (half an hour; an hour where probes come less often than that) of the newest fortnight: how
-- late it answered, or failed to, beyond what its own path, the probe and its country explain. `slot` counts spans since 1970,
-- `residual` is in spreads of the machine's own round trips.
--
-- A round trip is held against the median of the twelve quarter hours before and after it that the same probe measured: a new address or a busy
-- evening moves both. A lost ping counts as the latest answer, where the machine kept sending heartbeats and did not restart
-- (an outage of the machine is no loss of its line). What a probe measured of a country in the span goes, as a median, where 20 accounts and
-- 10 machines stand behind it (a regional trouble); elsewhere what the probe measured of all (its own trouble), where each such country is
-- one vote, so that one country's outage leaves no trace on the others.
WITH newest AS (SELECT max(bin) - 1344 AS from_bin FROM rollup.ping_grid),
asked AS (SELECT g.* FROM rollup.ping_grid g CROSS JOIN newest n WHERE g.bin > n.from_bin),
pace AS (
  -- Quarter hours per span: two, or four where the median machine has an answer in fewer than every second one.
  SELECT CASE WHEN quantile_cont(bins * 1.0 / days, 0.5) >= 48 THEN 2 ELSE 4 END AS width
  FROM (SELECT device_id, count(DISTINCT bin) AS bins, count(DISTINCT day) AS days FROM asked GROUP BY device_id)
),
answer AS (
  SELECT device_id, probe_id, bin, rtt_sum_us * 1.0 / rtt_n AS us, quantile_cont(rtt_sum_us * 1.0 / rtt_n, 0.5) OVER around AS middle
  FROM asked WHERE rtt_n > 0
  WINDOW around AS (PARTITION BY device_id, probe_id ORDER BY bin ROWS BETWEEN 12 PRECEDING AND 12 FOLLOWING)
),
spread AS (
  -- 1.349 standard deviations lie between the quartiles; a tenth of a millisecond is what rounding hides.
  SELECT device_id, probe_id, greatest((quantile_cont(us - middle, 0.75) - quantile_cont(us - middle, 0.25)) / 1.349, 100) AS us
  FROM answer GROUP BY device_id, probe_id HAVING count(*) >= 24
),
alive AS (
  SELECT DISTINCT device_id, bin FROM rollup.device_grid
  ANTI JOIN (SELECT DISTINCT device_id, unnest(range(idiv(started_at, 900000) - 1, idiv(started_at, 900000) + 2)) AS bin FROM rollup.device_restart) USING (device_id, bin)
),
late AS (
  SELECT a.device_id, a.probe_id, a.bin, greatest(-3, least(3, (a.us - a.middle) / s.us)) AS z
  FROM answer a JOIN spread s ON s.device_id = a.device_id AND s.probe_id = a.probe_id
  UNION ALL
  SELECT a.device_id, a.probe_id, a.bin, 3
  FROM asked a JOIN spread s ON s.device_id = a.device_id AND s.probe_id = a.probe_id
  JOIN alive x ON x.device_id = a.device_id AND x.bin = a.bin
  JOIN alive y ON y.device_id = a.device_id AND y.bin = a.bin - 1
  JOIN alive z ON z.device_id = a.device_id AND z.bin = a.bin + 1
  WHERE a.answered = 0
),
own AS (
  SELECT l.device_id, m.account_id, m.country, l.probe_id, idiv(l.bin, p.width) AS slot, p.width, fsum(l.z) / count(*) AS z, count(*) AS n
  FROM late l CROSS JOIN pace p JOIN own.ping_machine m ON m.device_id = l.device_id
  GROUP BY ALL
),
populous AS (SELECT country FROM own.ping_machine WHERE country IS NOT NULL GROUP BY country HAVING count(DISTINCT account_id) >= 20),
region AS (
  SELECT o.country, o.probe_id, o.slot, quantile_cont(o.z, 0.5) AS z FROM own o JOIN populous p ON p.country = o.country
  GROUP BY o.country, o.probe_id, o.slot HAVING count(*) >= 10
),
placed AS (
  SELECT o.*, r.z AS regional FROM own o LEFT JOIN region r ON r.country = o.country AND r.probe_id = o.probe_id AND r.slot = o.slot
),
probe AS (
  SELECT probe_id, slot, quantile_cont(z, 0.5) AS z
  FROM (SELECT probe_id, slot, z FROM region UNION ALL SELECT probe_id, slot, z FROM placed WHERE regional IS NULL)
  GROUP BY probe_id, slot HAVING count(*) >= 10
)
SELECT o.device_id, o.slot, CAST(o.width AS BIGINT) AS width, round(fsum((o.z - coalesce(o.regional, p.z, 0)) * o.n) / sum(o.n), 3) AS residual
FROM placed o LEFT JOIN probe p ON p.probe_id = o.probe_id AND p.slot = o.slot
GROUP BY o.device_id, o.slot, o.width
