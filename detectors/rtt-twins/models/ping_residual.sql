-- How late a machine answered, or failed to, beyond what its path, the probe and its country explain: one row
-- per machine and span of the newest fortnight. `slot` counts spans since 1970, `width` their quarter hours,
-- `residual` is in spreads of its round trips.
WITH asked AS (
  SELECT g.*
  FROM rollup.ping_grid g WHERE g.bin > (SELECT max(bin) - $kept_days * $day_bins FROM rollup.ping_grid)
),
pace AS (
  -- Two quarter hours, or four where the median machine has an answer in fewer than every second one.
  SELECT CASE WHEN quantile_cont(bins * 1.0 / days, 0.5) >= $day_bins / 2 THEN 2 ELSE 2 * 2 END AS width
  FROM (
    SELECT device_id, count(DISTINCT bin) AS bins, count(DISTINCT day) AS days FROM asked GROUP BY device_id
  )
),
answer AS (
  -- A new address or a busy evening moves the median of the hours around, too.
  SELECT device_id, probe_id, bin, us,
    us
      - quantile_cont(us, 0.5) OVER (PARTITION BY device_id, probe_id ORDER BY bin
        ROWS BETWEEN $around PRECEDING AND $around FOLLOWING) AS beyond
  FROM (SELECT device_id, probe_id, bin, rtt_sum_us * 1.0 / rtt_n AS us FROM asked WHERE rtt_n > 0)
),
spread AS (
  SELECT device_id, probe_id,
    greatest((quantile_cont(beyond, $upper) - quantile_cont(beyond, $lower)) / $quartiles, $rounding_us) AS us
  FROM answer GROUP BY device_id, probe_id HAVING count(*) >= $least_answers
),
alive AS (
  -- An outage or a restart of the machine is no loss of its line.
  SELECT DISTINCT device_id, bin
  FROM rollup.device_grid
  ANTI JOIN (
    SELECT DISTINCT device_id, unnest(range(quarter - 1, quarter + 2)) AS bin
    FROM (
      SELECT device_id, idiv(started_at, $quarter_minutes * minute_ms()) AS quarter FROM rollup.device_restart
    )
  ) USING (device_id, bin)
),
late AS (
  SELECT a.device_id, a.probe_id, a.bin, greatest(-$latest, least($latest, a.beyond / s.us)) AS z
  FROM answer a JOIN spread s USING (device_id, probe_id)
  UNION ALL
  SELECT a.device_id, a.probe_id, a.bin, $latest
  FROM asked a JOIN spread s USING (device_id, probe_id)
  WHERE a.answered = 0 AND (a.device_id, a.bin) IN (SELECT (device_id, bin) FROM alive)
    AND (a.device_id, a.bin - 1) IN (SELECT (device_id, bin) FROM alive)
    AND (a.device_id, a.bin + 1) IN (SELECT (device_id, bin) FROM alive)
),
own AS (
  SELECT l.device_id, m.account_id, m.country, l.probe_id, idiv(l.bin, p.width) AS slot, p.width,
    fsum(l.z) / count(*) AS z, count(*) AS n
  FROM late l CROSS JOIN pace p JOIN own.ping_machine m USING (device_id) GROUP BY ALL
),
region AS (
  -- A regional trouble, where enough stand behind it.
  SELECT country, probe_id, slot, quantile_cont(z, 0.5) AS z
  FROM own
  WHERE country IN (
    SELECT country
    FROM own.ping_machine GROUP BY country HAVING count(DISTINCT account_id) >= $region_accounts
  )
  GROUP BY country, probe_id, slot HAVING count(*) >= $least_machines
),
placed AS (SELECT o.*, r.z AS regional FROM own o LEFT JOIN region r USING (country, probe_id, slot)),
probe AS (
  -- The probe's own trouble: each such country is one vote, so that one country's outage leaves no trace on
  -- the others.
  SELECT probe_id, slot, quantile_cont(z, 0.5) AS z
  FROM (
    SELECT probe_id, slot, z FROM region UNION ALL SELECT probe_id, slot, z FROM placed WHERE regional IS NULL
  )
  GROUP BY probe_id, slot HAVING count(*) >= $least_machines
)
SELECT o.device_id, o.slot, CAST(o.width AS BIGINT) AS width,
  round(fsum((o.z - coalesce(o.regional, p.z, 0)) * o.n) / sum(o.n), 3) AS residual
FROM placed o LEFT JOIN probe p USING (probe_id, slot) GROUP BY o.device_id, o.slot, o.width
