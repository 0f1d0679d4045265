-- One card cannot sit in two machines at once. A gpu_uuid, or the serial of a one-chip board, that several devices
-- report while all of them send heartbeats is a copy. The first device that the network observed with the card, without
-- a break of more than 14 days, keeps it: the uuid of a card is visible to whoever rents it, so an outsider could have
-- copied it, or even registered it first. Only two machines of one owner with one card are surely that owner's doing.
WITH inventory AS (
  SELECT g.device_id, d.account_id, d.registered_at, coalesce(g.seen_at, d.registered_at) AS from_at, g.gpu_index,
    -- Slices of one card report their parent's uuid and serial: at most as many as a card has, and declared.
    CASE WHEN g.mig_profile IS NULL OR g.gpu_uuid LIKE 'MIG-%' THEN uuid_canonical(g.gpu_uuid) END AS uuid,
    CASE WHEN g.mig_profile IS NULL AND upper(coalesce(g.virtualization_mode, '')) NOT IN ('VGPU', 'HOST VGPU')
        AND NOT starts_with(coalesce(g.gpu_uuid, ''), 'MIG-')
      THEN serial_canonical(g.serial) END AS serial,
    -- Boards with several chips under one serial: A16 and M10 have four, GB200 and GB300 trays share one.
    coalesce(regexp_matches(g.name || ' ' || d.gpu_model, '(A16|M10|M60|K80|GRID K|GB[23]00)'), TRUE) AS many_chips
  FROM raw.gpus g JOIN raw.devices d ON d.device_id = g.device_id
), taken AS (
  SELECT device_id, from_at,
    row_number() OVER (PARTITION BY device_id ORDER BY from_at) AS step,
    lead(from_at) OVER (PARTITION BY device_id ORDER BY from_at) AS until_at
  FROM (SELECT DISTINCT device_id, from_at FROM inventory)
), card AS (
  SELECT uuid AS card, 'uuid' AS kind, device_id, from_at FROM inventory WHERE uuid IS NOT NULL
  UNION
  SELECT serial, 'serial', device_id, from_at FROM inventory WHERE serial IS NOT NULL
), board AS (
  SELECT serial, CASE WHEN bool_or(many_chips) THEN 4 ELSE 1 END AS chips,
    count(DISTINCT coalesce(uuid, device_id || '/' || gpu_index)) AS chips_seen
  FROM inventory WHERE serial IS NOT NULL GROUP BY serial
), shared AS (
  SELECT c.card, c.kind FROM card c LEFT JOIN board b ON c.kind = 'serial' AND b.serial = c.card
  GROUP BY c.card, c.kind
  HAVING count(DISTINCT c.device_id) > 1 AND (c.kind = 'uuid' OR max(b.chips_seen) > max(b.chips))
), held AS (
  -- One row per unbroken series of inventories of a device that show the card.
  SELECT card, kind, device_id, min(from_at) AS from_at,
    CASE WHEN bool_or(until_at IS NULL) THEN NULL ELSE max(until_at) END AS until_at
  FROM (
    SELECT c.card, c.kind, c.device_id, t.from_at, t.until_at,
      t.step - row_number() OVER (PARTITION BY c.card, c.kind, c.device_id ORDER BY t.step) AS island
    FROM card c JOIN shared s ON s.card = c.card AND s.kind = c.kind
    JOIN taken t ON t.device_id = c.device_id AND t.from_at = c.from_at
  ) GROUP BY card, kind, device_id, island
), active AS (
  SELECT device_id, day, min(first_at) AS first_at, max(last_at) AS last_at, bit_or(bins_low) AS low, bit_or(bins_high) AS high
  FROM rollup.device_day WHERE device_id IN (SELECT device_id FROM held) GROUP BY device_id, day
), present AS (
  -- A day counts when the card was in the machine for all of it that the machine was on.
  SELECT h.card, h.kind, h.device_id, h.from_at, a.day, a.first_at, a.last_at, a.low, a.high,
    a.day - lag(a.day) OVER (PARTITION BY h.card, h.kind, h.device_id ORDER BY a.day) AS gap
  FROM held h JOIN active a ON a.device_id = h.device_id AND a.first_at >= h.from_at
    AND (h.until_at IS NULL OR a.last_at < h.until_at)
), run AS (
  SELECT *, count(*) FILTER (WHERE gap > 14) OVER (PARTITION BY card, kind, device_id ORDER BY day) AS run FROM present
), observed AS (
  SELECT *, CASE
      WHEN run = 0 AND min(day) OVER same_run <= greatest(day_of(from_at), (SELECT min(day) FROM rollup.device_day)) + 14
      THEN from_at ELSE min(first_at) OVER same_run END AS since,
    min(first_at) OVER same_run AS first_beat
  FROM run WINDOW same_run AS (PARTITION BY card, kind, device_id, run)
), overlap AS (
  SELECT o.*, d.account_id,
    coalesce(bit_or(low) OVER earlier, 0) AS low_before, coalesce(bit_or(high) OVER earlier, 0) AS high_before,
    coalesce(bit_or(low) OVER own, 0) AS low_own, coalesce(bit_or(high) OVER own, 0) AS high_own
  FROM observed o JOIN raw.devices d ON d.device_id = o.device_id
  WINDOW
    earlier AS (PARTITION BY o.card, o.kind, o.day ORDER BY since, d.registered_at, first_beat
      GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    own AS (PARTITION BY o.card, o.kind, d.account_id, o.day
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW)
), claim AS (
  SELECT card, kind, device_id, min(since) AS since,
    sum(bit_count(low & low_before) + bit_count(high & high_before))::BIGINT AS bins,
    sum(bit_count(low & low_own) + bit_count(high & high_own))::BIGINT AS own_bins,
    min(first_at) FILTER (WHERE (low & low_before) | (high & high_before) | (low & low_own) | (high & high_own) <> 0) AS first_at,
    max(last_at) FILTER (WHERE (low & low_before) | (high & high_before) | (low & low_own) | (high & high_own) <> 0) AS last_at
  FROM overlap GROUP BY card, kind, device_id
), party AS (
  SELECT card, kind, list(device_id ORDER BY device_id) AS devices, count(*) FILTER (WHERE bins >= 4) AS later
  FROM claim WHERE bins >= 4 OR own_bins >= 4 GROUP BY card, kind
), same_machine AS (
  -- Samples of a loop show one card as often as they are taken: only where more is listed than is there are they copies.
  SELECT s.device_id, s.card, max(s.n) AS copies, min(s.from_at) AS first_at, max(s.from_at) AS last_at
  FROM (
    SELECT r.device_id, uuid_canonical(r.gpu_uuid) AS card, coalesce(r.seen_at, d.registered_at) AS from_at, r.seen_at, d.gpu_count,
      count(DISTINCT r.gpu_index) AS n
    FROM raw.gpu_rows r JOIN raw.devices d ON d.device_id = r.device_id
    WHERE r.mig_profile IS NULL AND starts_with(uuid_canonical(r.gpu_uuid), 'GPU-') GROUP BY ALL HAVING count(DISTINCT r.gpu_index) > 1
  ) s JOIN (
    SELECT device_id, seen_at, count(*) AS cards FROM raw.gpus WHERE mig_profile IS NULL GROUP BY device_id, seen_at
  ) t ON t.device_id = s.device_id AND t.seen_at IS NOT DISTINCT FROM s.seen_at
  WHERE t.cards < s.gpu_count
  GROUP BY s.device_id, s.card
), population AS (
  SELECT count(DISTINCT device_id) AS n FROM inventory WHERE uuid IS NOT NULL OR serial IS NOT NULL
)
SELECT c.device_id AS subject_id,
  CASE WHEN c.own_bins >= 4 THEN 'own-copies' WHEN c.kind = 'serial' THEN 'serial' WHEN p.later >= 4 THEN 'crowd' ELSE 'later-claim' END AS level,
  c.card AS value,
  list_filter(p.devices, lambda x: x <> c.device_id)[1:50] AS related,
  population.n AS tested,
  json_object('claimants', p.later + 1, 'overlapping_quarter_hours', greatest(c.bins, c.own_bins), 'card', c.kind, 'claimed_since_ms', c.since)::VARCHAR AS facts,
  c.first_at, c.last_at
FROM claim c JOIN party p ON p.card = c.card AND p.kind = c.kind, population
WHERE c.bins >= 4 OR c.own_bins >= 4
UNION ALL
SELECT m.device_id, 'own-copies', m.card, []::VARCHAR[], population.n,
  json_object('copies_in_one_machine', m.copies, 'card', 'uuid')::VARCHAR, m.first_at, m.last_at
FROM same_machine m, population
