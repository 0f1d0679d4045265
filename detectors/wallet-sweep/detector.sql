-- The wallets of several accounts empty into one that hardly anybody else uses.
--
-- Only outgoing transfers count, which the accused signed. A place to which many send is an exchange, a contract or a shop, so one
-- of two must hold. `collected`: two thirds of all its senders, whether they have accounts or not, come in threes or more from trees of
-- first money (features.wallet_tree): one root filled these wallets, and one place takes what is left; `drained` if this wallet
-- sent half or more of its first money there at once and nothing anywhere after, which prices of a campaign do not explain. `swept`: its senders are
-- account wallets that sent to it in one go (gaps measured in everybody's transfers; Chernoff's bound) and for which it was the end
-- (four of five sent nothing anywhere after, for longer than they used to pause; against one in m for a wallet that sent to m places), together beyond chance after Bonferroni over
-- places; `emptied` where either alone is.
-- An outsider can send to the place that a victim uses, but then the victim was there earlier or comes from another tree: who alone
-- sent first is `first`, and nobody is `collected` by a tree that he does not hang in. Silent below four accounts.
WITH sent AS (
  SELECT p.from_wallet AS wallet, p.to_wallet AS place, p.first_at, p.last_at, p.untimed, t.root, t.source, t.first_amount AS got, p.first_amount, p.asset_low, p.asset_high,
    count(*) OVER own AS places,
    p.untimed = 0 AND p.last_at = max(p.last_at) OVER own
      AND (max(p.last_at) OVER () - p.last_at) * count(*) OVER own >= p.last_at - min(p.first_at) OVER own AS ended,
    CASE WHEN p.last_at IS NOT NULL THEN count(p.last_at) OVER (ORDER BY p.last_at RANGE UNBOUNDED PRECEDING) END AS rank
  FROM (SELECT DISTINCT wallet FROM features.wallet_owner) o JOIN features.wallet_pair p ON p.from_wallet = o.wallet
  LEFT JOIN features.wallet_tree t ON t.wallet = o.wallet
  WINDOW own AS (PARTITION BY p.from_wallet)
),
total AS (SELECT count(*) AS everybody, count(DISTINCT wallet) AS wallets FROM sent),
visited AS (SELECT to_wallet AS place, count(*) AS senders FROM features.wallet_pair GROUP BY to_wallet),
cell AS (SELECT place, root, count(*) AS n FROM sent WHERE root IS NOT NULL GROUP BY place, root HAVING count(*) >= 3),
tied AS (SELECT place, sum(n) AS n FROM cell GROUP BY place),
near AS (
  SELECT *, rank - lag(rank) OVER (PARTITION BY place ORDER BY rank, wallet) AS gap, count(*) OVER (PARTITION BY place) AS n FROM sent
),
place AS (
  SELECT g.place, g.n, v.senders, min(g.first_at) AS first_at, max(g.last_at) AS last_at, count(gap) AS gaps,
    count(*) FILTER (WHERE CAST(gap AS DOUBLE) * g.n * 10 <= everybody) AS narrow,
    count(*) FILTER (WHERE ended) AS ended, fsum(1.0 / places) / g.n AS by_chance
  FROM near g JOIN visited v ON v.place = g.place CROSS JOIN total
  WHERE g.n >= 4 AND g.n * 2 >= v.senders
  GROUP BY g.place, g.n, v.senders
),
judged AS (
  SELECT p.*, coalesce(t.n, 0) AS tied, coalesce(t.n, 0) * 3 >= p.senders * 2 AND t.n >= 4 AS collects,
    CASE WHEN narrow * 2 >= gaps AND gaps >= 3 THEN chernoff_nats(gaps, narrow, 0.1) ELSE 0 END AS time_nats,
    chernoff_nats(p.n, ended, by_chance) AS end_nats, ln(count(*) OVER ()) AS tries
  FROM place p LEFT JOIN tied t ON t.place = p.place
),
named AS (
  SELECT s.wallet, s.place, j.n, j.senders, j.tied, j.time_nats, j.end_nats, j.first_at, j.last_at,
    CASE WHEN j.collects AND c.root IS NOT NULL AND s.ended AND s.first_amount * 2 >= s.got AND s.asset_low = g.asset_low AND s.asset_high = g.asset_high THEN 'drained'
      WHEN j.collects AND c.root IS NOT NULL THEN 'collected'
      WHEN s.first_at = j.first_at AND count(*) OVER (PARTITION BY s.place, s.first_at) = 1 THEN 'first'
      WHEN least(j.time_nats, j.end_nats) - j.tries / 2 >= 10 THEN 'emptied' ELSE 'swept' END AS level
  FROM judged j JOIN sent s ON s.place = j.place LEFT JOIN cell c ON c.place = s.place AND c.root = s.root
  LEFT JOIN features.wallet_pair g ON g.from_wallet = s.source AND g.to_wallet = s.wallet
  WHERE j.collects AND c.root IS NOT NULL
    OR j.ended * 10 >= j.n * 8 AND j.time_nats >= 3 AND j.end_nats >= 2 AND j.time_nats + j.end_nats - j.tries >= 8
),
owned AS (SELECT n.*, o.account_id FROM named n JOIN features.wallet_owner o ON o.wallet = n.wallet),
ids AS (SELECT place, list(account_id ORDER BY account_id)[1:51] AS ids FROM owned GROUP BY place)
SELECT o.account_id AS subject_id, o.level AS level, concat('money to ', o.place) AS value,
  list_filter(i.ids, lambda id: id <> o.account_id)[1:50] AS related, (SELECT wallets FROM total) AS tested,
  CAST(json_object('wallets', o.n, 'all_senders', o.senders, 'from_common_trees', o.tied, 'time_nats', round(o.time_nats, 1), 'end_nats', round(o.end_nats, 1)) AS VARCHAR) AS facts,
  o.first_at AS first_at, o.last_at AS last_at
FROM owned o JOIN ids i ON i.place = o.place
