-- Sets of machines on one card. A set counts when at least two of its machines are void. It is a merchant's
-- when accounts that nothing else links own those; otherwise one operator sold one card to himself.
CREATE OR REPLACE TABLE verdict.one_card AS
WITH member AS (
  SELECT n.id AS device_id, r.root, v.verdict
  FROM card_node n JOIN verdict.card_root r USING (no) JOIN verdict.device v ON v.device_id = n.id
),
counted AS (SELECT root FROM member GROUP BY root HAVING count(*) FILTER (WHERE verdict = 'void') > 1)
SELECT m.device_id, dense_rank() OVER (ORDER BY m.root) - 1 AS set_no
FROM member m JOIN counted USING (root) ORDER BY m.device_id;

-- How many cards: runs of the network whose middle halves were under way at one instant, at full speed, were
-- on as many cards, unless the machine repeats answers, for then nothing need have run. Of two runs that
-- followed each other while both ran, the share that both lost speed is the chance to meet on one card, whose
-- inverse is the number of cards in equal use (Simpson 1949, doi:10.1038/163688a0); its upper bound takes
-- Wilson's lower bound of that share at 95 % (Wilson 1927). A set has fewer cards than it claims; what was
-- never measured leaves it at that.
CREATE OR REPLACE TEMP TABLE set_run AS
WITH repeating AS (
  SELECT device_id
  FROM raw.benchmarks
  WHERE digest IN (
    SELECT digest
    FROM raw.benchmarks WHERE digest IS NOT NULL GROUP BY digest HAVING count(DISTINCT nonce) > 1
  )
),
run AS (
  SELECT o.set_no, b.benchmark_id, b.device_id, coalesce(b.gpu_index, 0) AS gpu_index, b.started_at,
    b.finished_at, b.memory_bandwidth_gb_s AS bandwidth, b.fp32_tflops AS fp32
  FROM verdict.one_card o JOIN raw.benchmarks b USING (device_id)
  WHERE b.device_id NOT IN (SELECT device_id FROM repeating) AND b.measured_by = 'network'
    AND b.finished_at > b.started_at AND b.finished_at - b.started_at < 86400000
    AND isfinite(b.memory_bandwidth_gb_s) AND b.memory_bandwidth_gb_s > 0 AND isfinite(b.fp32_tflops)
    AND b.fp32_tflops > 0
),
usual AS (
  SELECT device_id, gpu_index, quantile_cont(bandwidth, 0.75) AS bandwidth, quantile_cont(fp32, 0.75) AS fp32
  FROM run GROUP BY device_id, gpu_index HAVING count(*) >= 4
)
SELECT r.set_no, r.benchmark_id, r.device_id, r.started_at, r.finished_at,
  r.bandwidth >= 0.9 * u.bandwidth AND r.fp32 >= 0.9 * u.fp32 AS full_speed,
  r.bandwidth < 0.8 * u.bandwidth AS fallen
FROM run r JOIN usual u USING (device_id, gpu_index);

CREATE OR REPLACE TEMP TABLE set_cards AS
WITH edge AS (
  SELECT set_no, started_at + (finished_at - started_at) // 4 AS moment, 1 AS step, benchmark_id
  FROM set_run WHERE full_speed
  UNION ALL
  SELECT set_no, finished_at - (finished_at - started_at) // 4, -1, benchmark_id FROM set_run WHERE full_speed
),
level AS (
  SELECT set_no,
    sum(step) OVER (PARTITION BY set_no ORDER BY moment, step, benchmark_id
      ROWS UNBOUNDED PRECEDING) AS at_once
  FROM edge
),
follows AS (
  SELECT set_no, device_id, finished_at, fallen, lead(device_id) OVER next AS other,
    lead(started_at) OVER next AS other_from, lead(finished_at) OVER next AS other_to,
    lead(fallen) OVER next AS other_fallen, started_at
  FROM set_run WINDOW next AS (PARTITION BY set_no ORDER BY started_at, benchmark_id)
),
met AS (
  SELECT set_no, count(*)::DOUBLE AS met, (count(*) FILTER (WHERE fallen AND other_fallen))::DOUBLE AS fell
  FROM follows
  WHERE other <> device_id
    AND (least(finished_at, other_to) - other_from) * 10
      >= least(finished_at - started_at, other_to - other_from)
  GROUP BY set_no
),
bound AS (
  SELECT set_no, fell,
    (fell / met + 3.841459 / (2 * met)
      - 1.959964 * sqrt(fell / met * (1 - fell / met) / met + 3.841459 / (4 * met * met)))
      / (1 + 3.841459 / met) AS low
  FROM met
),
claimed AS (
  -- At most 1,000 to a machine, as in supply.sql.
  SELECT o.set_no, sum(least(greatest(coalesce(d.gpu_count, 1), 1), 1000)) AS cards
  FROM verdict.one_card o JOIN raw.devices d USING (device_id) GROUP BY o.set_no
),
least_cards AS (SELECT set_no, max(at_once) AS cards FROM level GROUP BY set_no)
SELECT c.set_no, least(greatest(coalesce(l.cards, 1), 1), c.cards - 1)::BIGINT AS cards_at_least,
  CASE WHEN b.fell > 0 THEN least(c.cards - 1, greatest(coalesce(l.cards, 1), floor(1 / b.low)))
    ELSE c.cards - 1 END::BIGINT AS cards_at_most
FROM claimed c LEFT JOIN least_cards l USING (set_no) LEFT JOIN bound b USING (set_no);

CREATE OR REPLACE TABLE verdict.card_set AS
WITH member AS (
  SELECT o.set_no, d.device_id, d.account_id, d.registered_at, d.gpu_model, v.verdict, r.root AS owner
  FROM verdict.one_card o
  JOIN raw.devices d USING (device_id)
  JOIN verdict.device v USING (device_id)
  JOIN owner_node n ON n.id = d.account_id
  JOIN verdict.owner_root r USING (no)
),
eldest AS (
  SELECT set_no, device_id
  FROM (
    SELECT set_no, device_id, row_number() OVER (PARTITION BY set_no ORDER BY registered_at, device_id) AS k
    FROM member
  )
  WHERE k = 1
),
model AS (
  SELECT set_no, gpu_model
  FROM (
    SELECT set_no, gpu_model, row_number() OVER (PARTITION BY set_no ORDER BY count(*) DESC, gpu_model) AS k
    FROM member WHERE verdict = 'void' GROUP BY set_no, gpu_model
  )
  WHERE k = 1
),
said AS (
  SELECT set_no, min(first_at) AS first_seen, max(last_at) AS last_seen
  FROM verdict.one_card JOIN card_claim USING (device_id) GROUP BY set_no
),
why AS (
  SELECT set_no, string_agg(reason, '|' ORDER BY devices DESC, reason) AS reasons
  FROM (
    SELECT set_no, reason, count(DISTINCT device_id) AS devices
    FROM verdict.one_card JOIN card_claim USING (device_id) GROUP BY set_no, reason
  )
  GROUP BY set_no
),
whole AS (
  SELECT set_no, count(DISTINCT owner) FILTER (WHERE verdict = 'void') > 1 AS merchant,
    count(DISTINCT account_id) AS accounts, count(*) AS devices,
    count(*) FILTER (WHERE verdict = 'void') AS devices_void,
    string_agg(DISTINCT gpu_model, '|' ORDER BY gpu_model) AS gpu_models
  FROM member GROUP BY set_no
)
SELECT w.set_no, 'm-' || substr(sha256(e.device_id), 1, 16) AS merchant_id, w.* EXCLUDE (set_no), m.gpu_model,
  c.cards_at_least, c.cards_at_most, s.first_seen, s.last_seen, y.reasons
FROM whole w
JOIN eldest e USING (set_no)
JOIN model m USING (set_no)
JOIN set_cards c USING (set_no)
JOIN said s USING (set_no)
JOIN why y USING (set_no)
ORDER BY w.set_no;
