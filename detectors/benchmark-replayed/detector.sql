-- A digest answers one nonce. A run whose digest, or whose figures to the last digit, stood in an earlier run
-- was copied from it. Only the later run is held against its device: the earlier one may have been stolen.
WITH answer AS (
  SELECT *
  FROM (
    SELECT device_id, account_id, nonce, started_at, finished_at,
      unnest([{kind: 'digest',
            answer: CASE WHEN length(digest) >= $digest_length AND nonce IS NOT NULL THEN digest END},
          -- The model decides two digits of each metric; the others are free.
          {kind: 'figures',
            answer: CASE WHEN fp32 IS NOT NULL AND bandwidth IS NOT NULL AND coalesce(fp16, pcie) IS NOT NULL
                AND list_sum(list_transform([fp32, bandwidth, fp16, pcie],
                  lambda x: greatest(length(replace(CAST(x AS VARCHAR), '.', '')) - 2, 0)))
                  >= $free_digits
                THEN concat_ws(' ', fp32, fp16, bandwidth, clock, pcie) END}],
        recursive := TRUE)
    FROM features.benchmark_run
  )
  WHERE answer IS NOT NULL
),
first_seen AS (
  -- Equal nonces may have equal digests: then nothing was replayed.
  SELECT kind, answer, min(finished_at) AS first_finished, count(DISTINCT nonce) AS nonces,
    some_of(device_id) AS devices
  FROM answer GROUP BY kind, answer
),
habit AS (
  -- Where answers do not depend on nonces, nearly everybody repeats them.
  SELECT kind
  FROM (
    SELECT kind, count(DISTINCT answer) = count(*) AS fresh
    FROM answer GROUP BY kind, account_id HAVING count(*) >= $habit_runs
  )
  GROUP BY kind HAVING count(*) FILTER (fresh) >= greatest($fresh_share * count(*), 1)
),
repeated AS (
  SELECT a.*, devices
  FROM answer a JOIN first_seen USING (kind, answer) JOIN habit USING (kind)
  WHERE finished_at > first_finished AND (nonces > 1 OR kind = 'figures')
),
device AS (
  SELECT device_id, kind, count(*) AS repeats, count(DISTINCT answer) AS answers, min(answer) AS sample,
    min(started_at) AS first_at, max(finished_at) AS last_at,
    list_sort(list_distinct(flatten(list(devices ORDER BY answer)))) AS devices
  FROM repeated GROUP BY device_id, kind
)
SELECT device_id AS subject_id, level, sample AS value, others(devices, device_id) AS related,
  (SELECT count(*) FROM features.benchmark_run) AS tested,
  json_object('repeated_runs', repeats, 'distinct_answers', answers,
    'machines', len(devices))::VARCHAR AS facts,
  first_at, last_at
FROM device
JOIN (
  VALUES ('digest-once', 'digest', 1), ('digest', 'digest', $many_repeats), ('same-figures', 'figures', 2)
) l(level, kind, least) USING (kind)
WHERE repeats >= least
