-- At least how many cards stand behind the network, a model, an operator's, an owner's or a merchant's
-- machines. In a round together every certified run held more than half of the memory and the bandwidth of a
-- card of its claimed model through the same seconds, so n of them took n such cards, or what is as much. A
-- record may be wrong: with chance 0.01 at most a run without a card of its own is recorded as certified
-- (meters, clocks; far above what the controls of a sound network show). The certificate takes the number
-- that a quarter of the rounds reached, less as many false records as would make that happen with probability
-- 0.05 at most: binomial within a round and over the rounds, both tails exact. `any_model` assumes nothing
-- about the cards: it divides the memory, bandwidth and FP32 that were in use at once by the largest of the
-- catalogue. Nothing is certified above the claim, and nothing by fewer than four rounds.
CREATE OR REPLACE TABLE verdict.capacity AS
WITH largest AS (
  SELECT max(memory_max_mib) AS memory_mib, max(bandwidth_max_gb_s) AS bandwidth,
    max(fp32_ceiling_tflops) AS fp32
  FROM features.gpu_class
),
part AS (
  SELECT device_id, 'network' AS scope, '' AS id, '' AS gpu_model FROM raw.devices
  UNION ALL SELECT device_id, 'gpu_model', '', gpu_model FROM raw.devices
  UNION ALL SELECT device_id, 'account', account_id, '' FROM raw.devices
  UNION ALL
  SELECT d.device_id, 'operator', m.cluster_id, ''
  FROM raw.devices d JOIN operator.member m USING (account_id)
  UNION ALL
  SELECT o.device_id, 'merchant', s.merchant_id, ''
  FROM verdict.one_card o JOIN verdict.card_set s USING (set_no) WHERE s.merchant
),
claimed AS (
  SELECT p.scope, p.id, p.gpu_model, CAST(sum(least(greatest(d.gpu_count, 1), 1000000)) AS BIGINT) AS claimed
  FROM part p JOIN raw.devices d USING (device_id) GROUP BY p.scope, p.id, p.gpu_model
),
round AS (
  SELECT p.scope, p.id, p.gpu_model, r.plan_id, r.round, count(*) AS asked,
    count(*) FILTER (WHERE r.certified) AS held,
    coalesce(greatest(CAST(sum(r.memory_mib) FILTER (WHERE r.certified) AS DOUBLE) / l.memory_mib,
        fsum(r.bandwidth) FILTER (WHERE r.certified) / l.bandwidth,
        fsum(r.fp32) FILTER (WHERE r.certified) / l.fp32),
      0) AS boards
  FROM features.challenge_run r JOIN part p USING (device_id) CROSS JOIN largest l
  WHERE r.together AND r.outcome <> 'excused'
  GROUP BY p.scope, p.id, p.gpu_model, r.plan_id, r.round, l.memory_mib, l.bandwidth, l.fp32
),
quarter AS (
  SELECT scope, id, gpu_model, max(asked) AS asked, count(*) AS rounds, (count(*) + 3) // 4 AS k,
    (list(held ORDER BY held DESC))[(count(*) + 3) // 4] AS held,
    (list(boards ORDER BY boards DESC))[(count(*) + 3) // 4] AS boards
  FROM round GROUP BY scope, id, gpu_model HAVING count(*) >= 4
),
false_records AS (
  -- Chance of exactly i false records among n runs.
  SELECT n, i, exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * ln(0.01) + (n - i) * ln(0.99)) AS p
  FROM (SELECT DISTINCT asked AS n FROM quarter),
    unnest(range(CAST(least(n, 10 + 0.01 * n + sqrt(n)) AS BIGINT) + 1)) AS r(i)
),
beyond AS (
  SELECT n, i AS d,
    least(greatest(1 - sum(CAST(p AS DECIMAL(38, 18))) OVER (PARTITION BY n ORDER BY i), 0), 1)::DOUBLE AS p
  FROM false_records
),
slack AS (
  -- The fewest false records d such that a quarter of the rounds has more of them with probability 0.05 at
  -- most.
  SELECT q.asked, q.rounds, min(b.d) AS d
  FROM (SELECT DISTINCT asked, rounds, k FROM quarter) q JOIN beyond b ON b.n = q.asked
  WHERE b.p = 0
    OR (b.p < 1
      AND list_sum(list_transform(range(q.k, q.rounds + 1),
        lambda j:
          exp(lgamma(q.rounds + 1) - lgamma(j + 1) - lgamma(q.rounds - j + 1) + j * ln(b.p)
            + (q.rounds - j) * ln(1 - b.p))))
        <= 0.05)
  GROUP BY q.asked, q.rounds
)
SELECT q.scope, q.id, q.gpu_model, c.claimed, q.asked, q.rounds, q.held AS held_at_once,
  greatest(least(q.held - s.d, c.claimed), 0) AS cards_low,
  greatest(least(CAST(ceil(q.boards - s.d) AS BIGINT), q.held - s.d, c.claimed),
    CASE WHEN q.held > s.d THEN 1 ELSE 0 END) AS cards_low_any_model
FROM quarter q
JOIN claimed c ON c.scope = q.scope AND c.id = q.id AND c.gpu_model = q.gpu_model
JOIN slack s ON s.asked = q.asked AND s.rounds = q.rounds
