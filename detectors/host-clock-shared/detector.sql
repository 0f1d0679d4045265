-- Machines whose clocks share offset and drift, closer than this network's clocks fall together by chance,
-- read one clock. One clock behind more whole cards than a server holds is no host with a card for each.
WITH edge AS (SELECT min(first_at) AS record_from FROM features.clock_line),
heard AS (SELECT device_id, min(first_at) AS first_at FROM rollup.device_day GROUP BY device_id),
changed AS (
  -- A clock that gained otherwise in an earlier fortnight, by more than the widest box, came to this one
  -- afterwards.
  SELECT g.device_id, g.fortnight, max(l.last_at) AS last_at
  FROM own.clock_group g JOIN features.clock_line l ON l.device_id = g.device_id AND l.fortnight > g.fortnight
  WHERE abs(l.drift_ppm - g.drift_ppm) > $finest_ppm * $widest
  GROUP BY g.device_id, g.fortnight
),
machine AS (
  SELECT g.*, c.account_id, coalesce(lower(d.hypervisor), 'none') = 'none' AS bare,
    coalesce(x.last_at, 0) AS changed_at,
    CASE WHEN c.declared_slice THEN 0 ELSE least(greatest(c.gpu_count, 1), $most_cards) END AS cards,
    -- First heard; who was there when the record begins (two days: the least line) has been since it was
    -- registered.
    CASE WHEN h.first_at <= e.record_from + 2 * day_ms() THEN least(h.first_at, c.registered_at)
      ELSE h.first_at END AS heard_at
  FROM own.clock_group g
  CROSS JOIN edge e
  JOIN features.device_claim c USING (device_id)
  JOIN raw.devices d USING (device_id)
  JOIN heard h USING (device_id)
  LEFT JOIN changed x USING (device_id, fortnight)
),
arrival AS (
  -- Place in the queue, and the cards with the machine's own, without those that came at the same moment.
  SELECT *, rank() OVER queue AS place,
    sum(cards) OVER (queue RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) AS cards_then
  FROM machine WINDOW queue AS (PARTITION BY box ORDER BY greatest(changed_at, heard_at), heard_at)
),
placed AS (
  SELECT *, sum(cards) OVER own AS own_cards, bool_and(bare) OVER own AS own_bare,
    min(place) OVER own = 1 AS own_first
  FROM arrival WINDOW own AS (PARTITION BY box, account_id)
),
host AS (
  SELECT box, list(device_id ORDER BY device_id) AS machines, CAST(sum(cards) AS BIGINT) AS claimed,
    count(DISTINCT account_id) AS accounts, max(rate) AS by_chance, median(drift_ppm) AS drift,
    median(offset_ms) AS ahead
  FROM machine GROUP BY box HAVING count(*) >= $least_machines
),
finding AS (
  -- Each asks that those above it do not hold, by what they say; `overfull` is `crowded`, too.
  SELECT m.*, h.* EXCLUDE (box),
    unnest(CASE
      -- Nobody in particular is meant.
      WHEN m.kind = 'rate' OR h.by_chance > $chance_share * len(h.machines) THEN ['alike']
      WHEN h.claimed <= $common_server THEN ['one-host']
      WHEN m.own_cards <= $common_server AND (m.cards_then <= $common_server OR m.own_first) THEN ['first']
      -- One owner's own hall behind its own time server, or a container for each card of his rig.
      WHEN m.own_first AND (m.own_bare OR m.own_cards <= $largest_server) THEN ['one-owner']
      WHEN greatest(m.own_cards, m.cards_then) <= $largest_server THEN ['crowded']
      ELSE ['crowded', 'overfull'] END) AS level
  FROM placed m JOIN host h USING (box)
)
SELECT f.device_id AS subject_id, f.level,
  format('{:.2f} ppm', round(f.drift, 2) + 0.0)
    || CASE f.kind WHEN 'line' THEN format(', {:.1f} s ahead', round(f.ahead / second_ms(), 1) + 0.0)
      ELSE '' END AS value,
  others(f.machines, f.device_id) AS related,
  (
    SELECT count(DISTINCT coalesce(g.box, c.device_id))
    FROM features.clock_line c LEFT JOIN own.clock_group g USING (device_id, fortnight)
    WHERE c.fortnight = f.fortnight AND abs(c.drift_ppm) BETWEEN $free_ppm AND $wildest_ppm
  ) AS tested,
  json_object('machines_on_this_clock', len(f.machines), 'cards_they_claim', f.claimed,
    'accounts', f.accounts, 'cards_when_it_came', CAST(f.cards_then AS BIGINT),
    'own_cards', CAST(f.own_cards AS BIGINT), 'drift_ppm', round(f.drift_ppm, 3),
    'ahead_ms', round(f.offset_ms), 'within_ppm', f.ppm, 'within_ms', f.ms,
    'machines_expected_by_chance', round(f.by_chance, 3), 'drifting_clocks', f.clocks,
    'surprise_nats', round(f.nats, 1))::VARCHAR AS facts,
  l.first_at, l.last_at
FROM finding f JOIN features.clock_line l USING (device_id, fortnight)
QUALIFY row_number() OVER (PARTITION BY f.device_id, f.level ORDER BY f.nats DESC, f.fortnight) = 1
