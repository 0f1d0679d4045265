-- One card cannot sit in two machines at once: an identifier that several devices report while all of them
-- send heartbeats is a copy. The device that the network observed first with the card keeps it.
WITH active AS (
  SELECT device_id, day, min(first_at) AS first_at, max(last_at) AS last_at, bit_or(bins_low) AS low,
    bit_or(bins_high) AS high
  FROM rollup.device_day WHERE device_id IN (SELECT device_id FROM own.card_holding) GROUP BY device_id, day
),
present AS (
  -- A day counts when the card was in the machine for all of it that the machine was on.
  SELECT h.card, h.kind, h.device_id, h.from_at, a.day, a.first_at, a.last_at, a.low, a.high,
    a.day - lag(a.day) OVER (PARTITION BY h.card, h.kind, h.device_id ORDER BY a.day) AS gap
  FROM own.card_holding h
  JOIN active a
    ON a.device_id = h.device_id AND a.first_at >= h.from_at
      AND (h.until_at IS NULL OR a.last_at < h.until_at)
),
run AS (
  SELECT *,
    count(*) FILTER (WHERE gap > $longest_break_days) OVER (PARTITION BY card, kind, device_id
      ORDER BY day) AS run
  FROM present
),
observed AS (
  SELECT *, min(first_at) OVER same_run AS first_beat,
    CASE WHEN run = 0
        AND min(day) OVER same_run
          <= greatest(day_of(from_at), (SELECT min(day) FROM rollup.device_day)) + $longest_break_days
        THEN from_at
      ELSE min(first_at) OVER same_run END AS since
  FROM run WINDOW same_run AS (PARTITION BY card, kind, device_id, run)
),
overlap AS (
  SELECT o.*, o.low & bit_or(low) OVER earlier AS low_before,
    o.high & bit_or(high) OVER earlier AS high_before, o.low & bit_or(low) OVER own AS low_own,
    o.high & bit_or(high) OVER own AS high_own
  FROM observed o JOIN raw.devices d USING (device_id)
  WINDOW earlier AS (PARTITION BY o.card, o.kind, o.day ORDER BY since, d.registered_at, first_beat
      GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    own AS (PARTITION BY o.card, o.kind, d.account_id, o.day
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW)
),
counted AS (
  SELECT *, coalesce(bit_count(low_before)::BIGINT + bit_count(high_before), 0) AS shared,
    coalesce(bit_count(low_own)::BIGINT + bit_count(high_own), 0) AS own_shared
  FROM overlap
),
claim AS (
  SELECT card, kind, device_id, min(since) AS since, CAST(sum(shared) AS BIGINT) AS bins,
    CAST(sum(own_shared) AS BIGINT) AS own_bins,
    min(first_at) FILTER (WHERE shared + own_shared > 0) AS first_at,
    max(last_at) FILTER (WHERE shared + own_shared > 0) AS last_at
  FROM counted GROUP BY card, kind, device_id HAVING bins >= $least_quarters OR own_bins >= $least_quarters
),
party AS (
  SELECT card, kind, list(device_id ORDER BY device_id) AS devices,
    count(*) FILTER (WHERE bins >= $least_quarters) AS later
  FROM claim GROUP BY card, kind
),
listed AS (
  -- Samples of a loop show one card as often as they are taken: only where more is listed than is there are
  -- they copies.
  SELECT device_id, seen_at, count(*) AS cards
  FROM raw.gpus WHERE mig_profile IS NULL GROUP BY device_id, seen_at
),
same_machine AS (
  SELECT device_id, card, max(n) AS copies, min(from_at) AS first_at, max(from_at) AS last_at
  FROM (
    SELECT r.device_id, uuid_canonical(r.gpu_uuid) AS card, coalesce(r.seen_at, d.registered_at) AS from_at,
      count(DISTINCT r.gpu_index) AS n
    FROM raw.gpu_rows r
    JOIN raw.devices d USING (device_id)
    JOIN listed t
      ON t.device_id = r.device_id AND t.seen_at IS NOT DISTINCT FROM r.seen_at AND t.cards < d.gpu_count
    WHERE r.mig_profile IS NULL AND starts_with(uuid_canonical(r.gpu_uuid), 'GPU-')
    GROUP BY ALL HAVING count(DISTINCT r.gpu_index) > 1
  )
  GROUP BY device_id, card
),
population AS (SELECT count(DISTINCT device_id) AS n FROM own.shown_identity)
SELECT c.device_id AS subject_id, l.level, c.card AS value, others(p.devices, c.device_id) AS related,
  n.n AS tested,
  json_object('claimants', p.later + 1, 'overlapping_quarter_hours', greatest(c.bins, c.own_bins),
    'card', c.kind, 'claimed_since_ms', c.since)::VARCHAR AS facts,
  c.first_at, c.last_at
FROM claim c
JOIN party p USING (card, kind)
CROSS JOIN population n
CROSS JOIN (VALUES ('own-copies'), ('serial'), ('crowd'), ('later-claim')) l(level)
WHERE CASE level WHEN 'own-copies' THEN c.own_bins >= $least_quarters
  WHEN 'serial' THEN c.bins >= $least_quarters AND c.kind = 'serial'
  ELSE c.bins >= $least_quarters AND c.kind = 'uuid' AND (level = 'later-claim' OR p.later >= $crowd) END
UNION ALL
SELECT m.device_id, 'own-copies', m.card, [], n.n,
  json_object('copies_in_one_machine', m.copies, 'card', 'uuid')::VARCHAR, m.first_at, m.last_at
FROM same_machine m, population n
