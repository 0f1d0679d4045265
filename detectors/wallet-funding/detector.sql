-- The wallets of several accounts live on money that came from one root: stars, chains and trees of first money.
--
-- Trees come from features.wallet_tree: a wallet hangs on the source of its first money if it spent that money before it had any
-- other, if that source does not serve the public (features.wallet_funder), and if it came with the source's other wallets or pays
-- where they pay. Nobody else can hang a wallet on his: it would have to have no money, and then spend his. Four accounts or more
-- make a tree. A friend who once paid the fees of three newcomers makes such a tree, too, which is `loose`; it takes eight, or five that
-- came together: the gaps between their first money, measured in other people's first money, are narrow (a tenth of what strangers leave;
-- Chernoff's bound, Bonferroni over trees). `tree`: the money came down through many hands, four wallets or fewer filled by each. `star`:
-- it came from few, as from a campaign's faucet, and this wallet never had first money of others. The root may be a dealer to whom an operator named his wallets: `root`, anyone. So is `funded`: first money from the tree, own money before
-- any was spent. `relayed`: four wallets or more, filled from wherever, pass one sum on from account to account, in a circle or a
-- line, each within three days of getting it (own.wallet_relay). Silent without transfers.
WITH hanging AS (
  SELECT o.account_id, t.wallet, t.root, t.depth, t.source, t.first_at, t.place, t.everybody, t.elsewhere
  FROM features.wallet_tree t JOIN features.wallet_owner o ON o.wallet = t.wallet
),
gaps AS (
  SELECT *, place - lag(place) OVER (PARTITION BY root ORDER BY place, wallet) AS gap, count(*) OVER (PARTITION BY root) AS n
  FROM (SELECT DISTINCT root, wallet, place, depth, source, first_at, everybody FROM hanging)
),
tree AS (
  SELECT root, n, max(everybody) AS everybody, max(depth) AS depth, count(DISTINCT source) AS sources, min(first_at) AS first_at, max(first_at) AS last_at,
    count(gap) AS gaps, count(*) FILTER (WHERE CAST(gap AS DOUBLE) * n * 10 <= everybody) AS narrow
  FROM gaps WHERE n >= 4 GROUP BY root, n
),
judged AS (
  SELECT *, CASE WHEN narrow * 2 >= gaps AND gaps >= 3 THEN chernoff_nats(gaps, narrow, 0.1) - ln(count(*) OVER ()) ELSE 0 END AS nats FROM tree
),
named AS (
  SELECT h.account_id, h.root, CASE WHEN j.n < 8 AND (j.n < 5 OR j.nats < 5) THEN 'loose' WHEN j.sources * 4 >= j.n THEN 'tree'
      WHEN h.elsewhere THEN 'loose' ELSE 'star' END AS level
  FROM hanging h JOIN judged j ON j.root = h.root
  UNION ALL
  SELECT o.account_id, j.root, 'root' FROM judged j JOIN features.wallet_owner o ON o.wallet = j.root
  UNION ALL
  SELECT o.account_id, j.root, 'funded'
  FROM features.wallet_source s
  JOIN features.wallet_owner o ON o.wallet = s.wallet
  LEFT JOIN features.wallet_tree u ON u.wallet = s.source
  JOIN judged j ON j.root = coalesce(u.root, s.source)
  LEFT JOIN features.wallet_funder f ON f.source = s.source
  WHERE NOT s.lived_on AND NOT coalesce(f.public, FALSE)
),
relay AS (
  SELECT o.account_id, r.wallet, r.ring, r.got_at
  FROM own.wallet_relay r JOIN features.wallet_owner o ON o.wallet = r.wallet
),
round AS (
  SELECT ring, count(DISTINCT wallet) AS n, min(got_at) AS first_at, max(got_at) AS last_at, list(account_id ORDER BY account_id)[1:51] AS ids
  FROM relay GROUP BY ring HAVING count(DISTINCT wallet) >= 4
),
total AS (SELECT count(*) AS accounts FROM features.wallet_owner),
-- A wallet that both roots one tree and hangs in another is told once, by what it did itself.
said AS (SELECT account_id, root, min(level) AS level FROM named GROUP BY account_id, root),
ids AS (SELECT root, list(account_id ORDER BY account_id)[1:51] AS ids FROM said GROUP BY root)
SELECT s.account_id AS subject_id, s.level AS level, concat('money from ', s.root) AS value,
  list_filter(i.ids, lambda id: id <> s.account_id)[1:50] AS related,
  (SELECT accounts FROM total) AS tested,
  CAST(json_object('accounts', j.n, 'sources', j.sources, 'longest_chain', j.depth, 'narrow_gaps', j.narrow, 'nats', round(j.nats, 1)) AS VARCHAR) AS facts,
  j.first_at AS first_at, j.last_at AS last_at
FROM said s JOIN judged j ON j.root = s.root JOIN ids i ON i.root = s.root
UNION ALL
SELECT r.account_id, 'relayed', concat('money round ', r.ring), list_filter(c.ids, lambda id: id <> r.account_id)[1:50], (SELECT accounts FROM total),
  CAST(json_object('accounts', c.n, 'days', round((c.last_at - c.first_at) / 86400000.0, 2)) AS VARCHAR), c.first_at, c.last_at
FROM relay r JOIN round c ON c.ring = r.ring
