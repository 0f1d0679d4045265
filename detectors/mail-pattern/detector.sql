-- One generator wrote the e-mail addresses of a set of accounts. A common name or form alone is never
-- reported.
WITH sure AS (
  -- Of a group of n of which k have a trait that p of all have, (n - k + 1) / (1 - p) may be strangers who
  -- only stand in it, and p of those have the trait by habit. Where they are more than a twentieth of the k
  -- it says less about each.
  SELECT *, (n - k + 1) * p / (greatest(1 - p, $least_rest) * k) AS strangers
  FROM own.mail_team WHERE nats >= $team_nats
),
uniform AS (
  -- A group may share several traits: the surest that a member has stands for it.
  SELECT m.account_id, concat(t.facet, ' ', t.value, ' in ', t.source, ' ', t.team) AS value, t.nats, t.n,
    t.k, t.p, t.strangers
  FROM sure t
  JOIN own.mail_trait m ON m.source = t.source AND m.team = t.team AND m.facet = t.facet AND m.value = t.value
  QUALIFY row_number() OVER (PARTITION BY m.account_id, t.source, t.team
    ORDER BY t.strangers, t.facet, t.value)
    = 1
),
finding AS (
  SELECT level, value, account_id, NULL AS nats, NULL AS share, NULL AS usual FROM own.mail_spelling
  UNION ALL SELECT 'sequence', series, account_id, nats, NULL, NULL FROM own.mail_series
  UNION ALL
  SELECT 'stem', concat(group_id, ' burst ', burst), account_id, nats, NULL, NULL FROM own.mail_name_burst
  UNION ALL
  SELECT unnest(CASE WHEN strangers <= $most_strangers THEN ['similar', 'uniform'] ELSE ['similar'] END),
    value, account_id, nats, k / n, p
  FROM uniform
  UNION ALL
  SELECT 'drawn', concat('digits in ', d.source, ' ', d.team), m.account_id, d.nats, d.k / d.n, NULL
  FROM own.mail_draw d
  JOIN own.mail_member m ON m.source = d.source AND m.team = d.team AND m.cell IS NOT NULL
  WHERE d.nats >= $team_nats
),
known AS (
  SELECT f.*, o.created_at, o.everybody
  FROM finding f JOIN features.account_order o ON o.account_id = f.account_id
),
size AS (
  SELECT level, value, count(*) AS n, min(created_at) AS first_at, max(created_at) AS last_at,
    some_of(account_id) AS ids
  FROM known GROUP BY level, value
)
SELECT k.account_id AS subject_id, k.level,
  concat(CASE k.level WHEN 'uniform' THEN 'similar' ELSE k.level END, ' ', k.value) AS value,
  others(s.ids, k.account_id) AS related, k.everybody AS tested,
  CAST(json_object('accounts', s.n, 'form', k.value, 'hours', round((s.last_at - s.first_at) / hour_ms(), 2),
    'nats', round(k.nats, 1), 'share', round(k.share, 2), 'usual_share', round(k.usual, 4),
    'bits', CASE WHEN k.usual > 0 THEN round(-log2(k.usual), 1) END) AS VARCHAR) AS facts,
  s.first_at, s.last_at
FROM known k JOIN size s ON s.level = k.level AND s.value = k.value
