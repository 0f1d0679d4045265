-- A crystal has an offset and a drift of its own. Machines whose clocks share both, closer than this network's clocks fall
-- together by chance (`own.clock_group`), read one clock: they are guests of one host, or stand in a hall behind one wrong time server. One
-- clock behind more whole cards than a server holds is no host with a card for each. Declared slices count as no card: a server
-- has fifty-six of them. Clocks without drift are set by the Internet's time servers and say nothing.
-- Whoever rents a machine can read its clock and set his own by it. So each is judged by the cards that were on the clock when
-- it came, and by its owner's own: what others add later accuses nobody who was there.
WITH edge AS (SELECT min(first_at) AS record_from FROM features.clock_line),
heard AS (
  SELECT device_id, min(first_at) AS first_at FROM rollup.device_day GROUP BY device_id
), changed AS (
  -- A clock that gained otherwise in an earlier fortnight came to this one afterwards; 0.6 ppm is the widest box.
  SELECT g.device_id, g.fortnight, max(l.last_at) AS last_at
  FROM own.clock_group g JOIN features.clock_line l ON l.device_id = g.device_id AND l.fortnight > g.fortnight
  WHERE abs(l.drift_ppm - g.drift_ppm) > 0.6 GROUP BY g.device_id, g.fortnight
), machine AS (
  SELECT g.*, c.account_id, coalesce(lower(d.hypervisor), 'none') = 'none' AS bare,
    CASE WHEN c.declared_slice THEN 0 ELSE least(greatest(c.gpu_count, 1), 16) END AS cards,
    coalesce(x.last_at, 0) AS changed_at,
    -- First heard; who was there when the record begins (two days: the least line) has been since it was registered.
    CASE WHEN h.first_at <= e.record_from + 172800000 THEN least(h.first_at, c.registered_at) ELSE h.first_at END AS heard_at
  FROM own.clock_group g CROSS JOIN edge e JOIN features.device_claim c ON c.device_id = g.device_id JOIN raw.devices d ON d.device_id = g.device_id
  JOIN heard h ON h.device_id = g.device_id LEFT JOIN changed x ON x.device_id = g.device_id AND x.fortnight = g.fortnight
), arrival AS (
  -- Place in the queue, and the cards with the machine's own, without those that came at the same moment.
  SELECT *, rank() OVER queue AS place,
    sum(cards) OVER (queue RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) AS cards_then
  FROM machine WINDOW queue AS (PARTITION BY box ORDER BY greatest(changed_at, heard_at), heard_at)
), placed AS (
  SELECT *, sum(cards) OVER own AS own_cards, bool_and(bare) OVER own AS own_bare, min(place) OVER own AS own_place
  FROM arrival WINDOW own AS (PARTITION BY box, account_id)
), host AS (
  SELECT box, list(device_id ORDER BY device_id) AS machines, CAST(sum(cards) AS BIGINT) AS cards, count(DISTINCT account_id) AS accounts,
    max(rate) AS rate, median(drift_ppm) AS drift, median(offset_ms) AS ahead
  FROM machine GROUP BY box HAVING count(*) >= 3
), finding AS (
  SELECT m.*, j.* EXCLUDE (box, cards, rate), j.cards AS claimed, j.rate AS by_chance, CASE
      -- Where one in twenty would be there by chance, nobody in particular is meant.
      WHEN m.kind = 'rate' OR j.rate * 20 > len(j.machines) THEN 'alike'
      -- 8 cards on NVIDIA's HGX boards, 10 in a common PCIe server, 16 in DGX-2, 20 at the very most.
      WHEN j.cards <= 10 THEN 'one-host'
      WHEN m.own_cards <= 10 AND (m.cards_then <= 10 OR m.own_place = 1) THEN 'first'
      -- One owner's own hall behind its own time server, or a container for each card of his rig.
      WHEN m.own_place = 1 AND (m.own_bare OR m.own_cards <= 20) THEN 'one-owner'
      WHEN greatest(m.own_cards, m.cards_then) <= 20 THEN 'crowded' ELSE 'overfull' END AS level,
    row_number() OVER (PARTITION BY m.device_id ORDER BY m.nats DESC, m.fortnight) AS best
  FROM placed m JOIN host j ON j.box = m.box
)
SELECT f.device_id AS subject_id, f.level,
  format('{:.2f} ppm', round(f.drift, 2) + 0.0) || CASE f.kind WHEN 'line' THEN format(', {:.1f} s ahead', round(f.ahead / 1000, 1) + 0.0) ELSE '' END AS value,
  list_filter(f.machines, lambda id: id <> f.device_id)[1:50] AS related,
  (SELECT count(DISTINCT coalesce(g.box, c.device_id)) FROM features.clock_line c LEFT JOIN own.clock_group g
    ON g.device_id = c.device_id AND g.fortnight = c.fortnight WHERE c.fortnight = f.fortnight AND abs(c.drift_ppm) BETWEEN 0.1 AND 1000) AS tested,
  json_object('machines_on_this_clock', len(f.machines), 'cards_they_claim', f.claimed, 'accounts', f.accounts,
    'cards_when_it_came', CAST(f.cards_then AS BIGINT), 'own_cards', CAST(f.own_cards AS BIGINT),
    'drift_ppm', round(f.drift_ppm, 3), 'ahead_ms', round(f.offset_ms), 'within_ppm', f.ppm, 'within_ms', f.ms,
    'machines_expected_by_chance', round(f.by_chance, 3), 'drifting_clocks', f.clocks, 'surprise_nats', round(f.nats, 1))::VARCHAR AS facts,
  l.first_at, l.last_at
FROM finding f JOIN features.clock_line l ON l.device_id = f.device_id AND l.fortnight = f.fortnight
WHERE f.best = 1
