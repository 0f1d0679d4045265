-- The wallets of several accounts empty into one that hardly anybody else uses. Only outgoing transfers
-- count, which the accused signed.
WITH sent AS (
  SELECT p.from_wallet AS wallet, p.to_wallet AS place, p.first_at, p.last_at, t.root, t.source,
    t.first_amount AS got, p.first_amount, p.asset_low, p.asset_high, count(*) OVER own AS places,
    p.untimed = 0 AND p.last_at = max(p.last_at) OVER own
      AND (max(p.last_at) OVER () - p.last_at) * count(*) OVER own
        >= p.last_at - min(p.first_at) OVER own AS ended,
    CASE WHEN p.last_at IS NOT NULL
        THEN count(p.last_at) OVER (ORDER BY p.last_at RANGE UNBOUNDED PRECEDING) END AS rank,
    count(*) OVER () AS everybody
  FROM features.wallet_pair p LEFT JOIN features.wallet_tree t ON t.wallet = p.from_wallet
  WHERE p.from_wallet IN (SELECT wallet FROM features.wallet_owner)
  WINDOW own AS (PARTITION BY p.from_wallet)
),
near AS (
  SELECT *, rank - lag(rank) OVER (PARTITION BY place ORDER BY rank, wallet) AS gap,
    count(*) OVER (PARTITION BY place) AS n,
    CASE WHEN root IS NOT NULL AND count(*) OVER (PARTITION BY place, root) >= $least_kin THEN root END AS kin
  FROM sent
),
visited AS (SELECT to_wallet AS place, count(*) AS senders FROM features.wallet_pair GROUP BY to_wallet),
place AS (
  SELECT place, n, senders, min(first_at) AS first_at, max(last_at) AS last_at, count(gap) AS gaps,
    count(kin) AS tied, count(*) FILTER (WHERE gap * CAST(n AS DOUBLE) <= $narrow_gap * everybody) AS narrow,
    count(*) FILTER (WHERE ended) AS ended, fsum(1.0 / places) / n AS by_chance
  FROM near JOIN visited USING (place) WHERE n >= $least_accounts AND n * 2 >= senders
  GROUP BY place, n, senders
),
judged AS (
  SELECT *, tied >= $tied_part * senders AND tied >= $least_accounts AS collects,
    ln(count(*) OVER ()) AS tries,
    CASE WHEN narrow * 2 >= gaps AND gaps >= $least_gaps THEN chernoff_nats(gaps, narrow, $narrow_gap)
      ELSE 0 END AS time_nats,
    chernoff_nats(n, ended, by_chance) AS end_nats
  FROM place
),
held AS (
  SELECT s.wallet, j.*, j.collects AND s.kin IS NOT NULL AS collected,
    s.ended AND s.first_amount * 2 >= s.got AND s.asset_low = g.asset_low
      AND s.asset_high = g.asset_high AS drained,
    came_alone_first(s.first_at, TRUE, s.place) AS leads,
    j.ended >= $ended_part * j.n AND j.time_nats >= $least_time_nats AND j.end_nats >= 2
      AND j.time_nats + j.end_nats - j.tries >= $swept_nats AS swept,
    least(j.time_nats, j.end_nats) - j.tries / 2 >= $emptied_nats AS emptied
  FROM judged j
  JOIN near s ON s.place = j.place
  LEFT JOIN features.wallet_pair g ON g.from_wallet = s.source AND g.to_wallet = s.wallet
),
owned AS (
  SELECT h.*, o.account_id
  FROM held h JOIN features.wallet_owner o ON o.wallet = h.wallet WHERE h.collected OR h.swept
),
team AS (SELECT place, some_of(account_id) AS ids FROM owned GROUP BY place)
SELECT o.account_id AS subject_id,
  unnest(CASE WHEN o.leads AND NOT o.collected THEN ['first']
    ELSE list_concat(CASE WHEN o.collected THEN ['collected'] END,
      CASE WHEN o.collected AND o.drained THEN ['drained'] END,
      CASE WHEN o.swept AND NOT o.leads THEN ['swept'] END,
      CASE WHEN o.swept AND o.emptied AND NOT o.leads THEN ['emptied'] END) END) AS level,
  concat('money to ', o.place) AS value, others(t.ids, o.account_id) AS related,
  (SELECT count(DISTINCT wallet) FROM sent) AS tested,
  CAST(json_object('wallets', o.n, 'all_senders', o.senders, 'from_common_trees', o.tied,
    'time_nats', round(o.time_nats, 1), 'end_nats', round(o.end_nats, 1)) AS VARCHAR) AS facts,
  o.first_at, o.last_at
FROM owned o JOIN team t ON t.place = o.place
