-- Cards of their own do not feel each other. When a machine's bandwidth and compute fall together, by the same factor, exactly
-- while another machine of the same claimed model is being measured and falls too, and hardly ever otherwise, the two are
-- one card. An owner's own work also halves runs, but at any hour: what a card loses alone sets the null.
WITH card AS (
  SELECT device_id, gpu_index, quantile_cont(bandwidth, 0.75) AS bandwidth, quantile_cont(fp32, 0.75) AS fp32
  FROM features.benchmark_run WHERE bandwidth IS NOT NULL AND fp32 IS NOT NULL
  GROUP BY device_id, gpu_index HAVING count(*) >= 4
), run AS (
  SELECT r.benchmark_id, r.device_id, r.account_id, r.gpu_model, r.started_at, r.finished_at,
    ln(r.bandwidth / c.bandwidth) AS fall,
    -- Sharing divides both alike; heat and power caps leave bandwidth, and 0.2 is far beyond the noise of one card.
    ln(r.bandwidth / c.bandwidth) < -0.2 AND ln(r.fp32 / c.fp32) < -0.2
      AND abs(ln(r.bandwidth / c.bandwidth) - ln(r.fp32 / c.fp32)) < 0.15 AS fallen
  FROM features.benchmark_run r JOIN card c ON c.device_id = r.device_id AND c.gpu_index = r.gpu_index
  WHERE r.gpu_model IS NOT NULL AND r.finished_at > r.started_at AND r.bandwidth IS NOT NULL AND r.fp32 IS NOT NULL
), slot AS (
  -- Runs meet only within one half-hour, so only those of one half-hour are compared; a run of a day or more is no benchmark.
  SELECT run.*, unnest(range(started_at // 1800000, finished_at // 1800000 + 1)) AS half_hour FROM run
  WHERE finished_at - started_at < 86400000
), meeting AS (
  -- Runs that overlap a fallen run of another machine by a tenth of the shorter one.
  SELECT DISTINCT a.benchmark_id, a.device_id, a.fallen, b.device_id AS partner
  FROM (SELECT * FROM slot WHERE fallen) b JOIN slot a
    ON a.gpu_model = b.gpu_model AND a.half_hour = b.half_hour AND a.started_at < b.finished_at AND a.finished_at > b.started_at
  WHERE a.device_id <> b.device_id
    AND (least(a.finished_at, b.finished_at) - greatest(a.started_at, b.started_at)) * 10
      >= least(a.finished_at - a.started_at, b.finished_at - b.started_at)
), met AS (
  SELECT benchmark_id, device_id, bool_or(fallen) AS fallen FROM meeting GROUP BY benchmark_id, device_id
), device AS (
  SELECT r.device_id, count(*) AS runs, count(m.benchmark_id) AS together, count(*) FILTER (WHERE m.fallen) AS together_fallen,
    count(*) FILTER (WHERE m.benchmark_id IS NULL AND r.fallen) AS alone_fallen, count(*) FILTER (WHERE m.benchmark_id IS NULL) AS alone,
    min(r.started_at) FILTER (WHERE m.fallen) AS first_at, max(r.finished_at) FILTER (WHERE m.fallen) AS last_at
  FROM run r LEFT JOIN met m ON m.benchmark_id = r.benchmark_id GROUP BY r.device_id
), usual AS (
  -- How often runs of this network fall alone, at least one in a hundred: what ten earlier runs of a card would have shown.
  SELECT greatest((sum(alone_fallen) + 1.0) / (sum(alone) + 2), 0.01) AS rate FROM device
), null_rate AS (
  SELECT d.*, (d.alone_fallen + 10 * u.rate) / (d.alone + 10) AS p, CAST(d.together_fallen AS DOUBLE) / d.together AS share
  FROM device d CROSS JOIN usual u WHERE d.together_fallen > 0 AND d.alone >= 3
), surprise AS (
  -- Chernoff's bound: P(K ≥ k of n) ≤ exp(−n·KL(k/n ‖ p)).
  SELECT *, CASE WHEN share <= p THEN 0 ELSE together * (share * ln(share / p)
    + CASE WHEN share < 1 THEN (1 - share) * ln((1 - share) / (1 - p)) ELSE 0 END) END AS nats
  FROM null_rate
), partner AS (
  SELECT device_id, list(DISTINCT partner ORDER BY partner) AS partners FROM meeting WHERE fallen GROUP BY device_id
)
SELECT s.device_id AS subject_id,
  CASE WHEN s.nats >= 9 AND s.together_fallen >= 3 THEN 'one-card' WHEN s.nats >= 6 AND s.together_fallen >= 2 THEN 'likely-one-card' ELSE 'met-once' END AS level,
  CAST(NULL AS VARCHAR) AS value, p.partners[1:50] AS related,
  (SELECT count(*) FROM device) AS tested,
  json_object('runs', s.runs, 'runs_while_another_fell', s.together, 'fell_with_it', s.together_fallen, 'fell_alone', s.alone_fallen,
    'surprise_nats', round(s.nats, 2))::VARCHAR AS facts,
  s.first_at, s.last_at
FROM surprise s JOIN partner p ON p.device_id = s.device_id
WHERE s.nats >= 2.5
