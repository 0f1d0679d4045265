-- Who is hit, by segment: accounts excluded per country and holder size, devices void per model and per class
-- of their usual address. A segment's share is compared with the policy's by the brakes.
WITH sizes AS (
  SELECT account_id, verdict,
    CASE WHEN devices = 0 THEN '0'
      WHEN devices = 1 THEN '1'
      WHEN devices < 10 THEN '2 to 9'
      WHEN devices < 100 THEN '10 to 99'
      ELSE '100 or more' END AS holder
  FROM verdict.account
),
hits AS (
  SELECT 'country=' || coalesce(a.country, 'unknown') AS segment, v.verdict = 'exclude' AS hit
  FROM verdict.account v JOIN raw.accounts a USING (account_id)
  UNION ALL SELECT 'holder=' || holder, verdict = 'exclude' FROM sizes
  UNION ALL
  SELECT 'model=' || d.gpu_model, v.verdict = 'void'
  FROM verdict.device v JOIN raw.devices d USING (device_id)
)
SELECT segment, count(*) AS total, count(*) FILTER (WHERE hit) AS hit
FROM hits GROUP BY segment HAVING count(*) >= $minimum ORDER BY segment;
