-- The supply ladder per claimed model, in cards: claimed by registration, seen in heartbeats, answering the network's
-- probes, benchmarked by the network itself, void by verdict. The last three columns estimate how many of the
-- heartbeating cards are real: those benchmarked and not void count as real; of those neither benchmarked nor void a
-- share is real that is estimated from the benchmarked devices, with the Wilson score interval at 95 % (Wilson 1927,
-- doi:10.1080/01621459.1927.10502953, z = 1.959964). It supposes that the network chose at random whom to benchmark.
-- Where it benchmarked none, the estimate is empty and the interval says only what is certain.
WITH card AS (
  SELECT
    device.gpu_model,
    device.device_id,
    greatest(device.gpu_count, 1) AS cards,
    device.device_id IN (SELECT device_id FROM rollup.device_day) AS beats,
    device.device_id IN (SELECT device_id FROM rollup.ping_day WHERE answered > 0) AS answers,
    device.device_id IN (SELECT device_id FROM raw.benchmarks WHERE measured_by = 'network') AS measured,
    verdict.verdict = 'void' AS void
  FROM raw.devices AS device
  JOIN verdict.device AS verdict USING (device_id)
),
model AS (
  SELECT
    gpu_model,
    sum(cards) AS claimed,
    coalesce(sum(cards) FILTER (beats), 0) AS heartbeating,
    coalesce(sum(cards) FILTER (answers), 0) AS answering,
    coalesce(sum(cards) FILTER (measured), 0) AS benchmarked,
    coalesce(sum(cards) FILTER (void), 0) AS void,
    coalesce(sum(cards) FILTER (beats AND measured AND NOT void), 0) AS proven,
    coalesce(sum(cards) FILTER (beats AND NOT measured AND NOT void), 0) AS unknown,
    CAST(count(*) FILTER (beats AND measured) AS DOUBLE) AS n,
    CAST(count(*) FILTER (beats AND measured AND NOT void) AS DOUBLE) AS k
  FROM card
  GROUP BY gpu_model
),
share AS (
  SELECT
    model.*,
    3.841459 AS z2,
    CASE WHEN n > 0 THEN k / n END AS p
  FROM model
),
wilson AS (
  SELECT
    share.*,
    CASE WHEN n > 0 THEN (p + z2 / (2 * n)) / (1 + z2 / n) ELSE 0.5 END AS centre,
    CASE WHEN n > 0 THEN sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n) ELSE 0.5 END AS half
  FROM share
)
SELECT
  gpu_model,
  CAST(claimed AS BIGINT) AS claimed,
  CAST(heartbeating AS BIGINT) AS heartbeating,
  CAST(answering AS BIGINT) AS answering,
  CAST(benchmarked AS BIGINT) AS benchmarked,
  CAST(void AS BIGINT) AS void,
  plain(round(proven + unknown * greatest(centre - half, 0), 1)) AS real_low,
  plain(round(proven + unknown * p, 1)) AS real_estimate,
  plain(round(proven + unknown * least(centre + half, 1), 1)) AS real_high
FROM wilson
ORDER BY gpu_model
