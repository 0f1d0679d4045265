-- A digest answers one nonce. A run whose digest, or whose figures to the last digit, stood in an earlier run under another
-- nonce was copied from it. Only the later run is held against its device: the earlier one may have been stolen.
WITH run AS (
  SELECT benchmark_id, device_id, account_id, nonce, started_at, finished_at,
    CASE WHEN length(digest) >= 16 THEN digest END AS digest,
    CASE WHEN fp32 IS NOT NULL AND bandwidth IS NOT NULL AND (fp16 IS NOT NULL OR pcie IS NOT NULL)
      THEN concat_ws(' ', fp32, fp16, bandwidth, clock, pcie) END AS figures,
    -- Digits beyond the two that the model of the card decides; a coincidence of all of them has chance 10^-digits.
    greatest(length(replace(CAST(fp32 AS VARCHAR), '.', '')) - 2, 0) + greatest(length(replace(CAST(bandwidth AS VARCHAR), '.', '')) - 2, 0)
      + coalesce(greatest(length(replace(CAST(fp16 AS VARCHAR), '.', '')) - 2, 0), 0)
      + coalesce(greatest(length(replace(CAST(pcie AS VARCHAR), '.', '')) - 2, 0), 0) AS free_digits
  FROM features.benchmark_run
), answer AS (
  SELECT benchmark_id, device_id, account_id, nonce, started_at, finished_at, 'digest' AS kind, digest AS answer
  FROM run WHERE digest IS NOT NULL AND nonce IS NOT NULL
  UNION ALL
  SELECT benchmark_id, device_id, account_id, nonce, started_at, finished_at, 'figures', figures
  FROM run WHERE figures IS NOT NULL AND free_digits >= 8
), first_seen AS (
  SELECT kind, answer, min(finished_at) AS finished_at,
    -- Equal nonces may have equal digests: then nothing was replayed.
    count(DISTINCT nonce) AS nonces, count(DISTINCT device_id) AS devices
  FROM answer GROUP BY kind, answer
), habit AS (
  -- Where answers do not depend on nonces at all, nearly everybody repeats them, and nothing can be said.
  SELECT kind, count(*) AS accounts, count(*) FILTER (WHERE distinct_answers = runs) AS unrepeating FROM (
    SELECT kind, account_id, count(*) AS runs, count(DISTINCT answer) AS distinct_answers FROM answer
    GROUP BY kind, account_id HAVING count(*) >= 3
  ) GROUP BY kind
), repeated AS (
  SELECT a.device_id, a.kind, a.answer, a.benchmark_id, a.started_at, a.finished_at
  FROM answer a JOIN first_seen f ON f.kind = a.kind AND f.answer = a.answer
  JOIN habit h ON h.kind = a.kind
  WHERE a.finished_at > f.finished_at AND (f.nonces > 1 OR a.kind = 'figures') AND h.unrepeating * 20 >= h.accounts AND h.unrepeating >= 1
), device AS (
  SELECT device_id, kind, count(*) AS repeats, count(DISTINCT answer) AS answers,
    list(DISTINCT answer ORDER BY answer)[1] AS sample, min(started_at) AS first_at, max(finished_at) AS last_at
  FROM repeated GROUP BY device_id, kind HAVING count(*) >= CASE WHEN kind = 'digest' THEN 1 ELSE 2 END
), sharer AS (
  SELECT kind, answer, list(DISTINCT device_id ORDER BY device_id)[1:51] AS devices
  FROM answer WHERE answer IN (SELECT answer FROM repeated) GROUP BY kind, answer
), together AS (
  SELECT d.device_id, d.kind, list_sort(list_distinct(flatten(list(s.devices ORDER BY s.answer)))) AS devices
  FROM device d JOIN (SELECT DISTINCT device_id, kind, answer FROM repeated) r ON r.device_id = d.device_id AND r.kind = d.kind
  JOIN sharer s ON s.kind = r.kind AND s.answer = r.answer
  GROUP BY d.device_id, d.kind
)
SELECT d.device_id AS subject_id, CASE WHEN d.kind = 'figures' THEN 'same-figures' WHEN d.repeats >= 3 THEN 'digest' ELSE 'digest-once' END AS level,
  d.sample AS value,
  list_filter(t.devices, lambda x: x <> d.device_id)[1:50] AS related,
  (SELECT count(*) FROM run) AS tested,
  json_object('repeated_runs', d.repeats, 'distinct_answers', d.answers, 'machines', len(t.devices))::VARCHAR AS facts,
  d.first_at, d.last_at
FROM device d JOIN together t ON t.device_id = d.device_id AND t.kind = d.kind
