-- Payout wallets of several accounts empty into one wallet, or were first filled from one.
--
-- Only what the accused signed counts against it: `sweep` is an outgoing transfer. `funded` (the first incoming transfer
-- comes from one source) can be dust sent by anyone. Hubs: customers of one exchange registered when everybody did, so
-- the group must have registered within too small a share of everybody's registrations (scan bound over the middle four
-- fifths, Bonferroni over counterparties). Silent below four accounts per counterparty, and without transfers.
WITH owner AS (
  SELECT a.account_id, a.wallet, o.upto, o.everybody
  FROM raw.accounts a JOIN features.account_order o ON o.account_id = a.account_id
  WHERE trim(a.wallet) <> '' AND length(a.wallet) <= 256
),
sweep AS (
  SELECT o.account_id, t.to_wallet AS counterparty, min(t.occurred_at) AS first_at, max(t.occurred_at) AS last_at
  FROM owner o JOIN raw.transfers t ON t.from_wallet = o.wallet
  WHERE t.to_wallet <> t.from_wallet
  GROUP BY ALL
),
incoming AS (
  SELECT o.account_id, t.from_wallet, t.occurred_at, min(t.occurred_at) OVER (PARTITION BY o.account_id) AS earliest
  FROM owner o JOIN raw.transfers t ON t.to_wallet = o.wallet
  WHERE t.to_wallet <> t.from_wallet
),
tie AS (
  SELECT 'sweep' AS level, * FROM sweep
  UNION ALL
  SELECT DISTINCT 'funded', account_id, from_wallet, occurred_at, occurred_at FROM incoming WHERE occurred_at = earliest
),
placed AS (
  SELECT t.*, o.upto, o.everybody, count(*) OVER (PARTITION BY t.level, t.counterparty) AS n,
    row_number() OVER (PARTITION BY t.level, t.counterparty ORDER BY o.upto, t.account_id) AS i
  FROM tie t JOIN owner o ON o.account_id = t.account_id
),
star AS (
  SELECT level, counterparty, n, everybody, n - 2 * (n // 10) AS k,
    (greatest(max(upto) FILTER (WHERE i <= n - n // 10) - min(upto) FILTER (WHERE i > n // 10) - (n - 2 * (n // 10)), 0) + 1.0)
      / (everybody - n + 1.0) AS share,
    min(first_at) AS first_at, max(last_at) AS last_at, list(account_id ORDER BY account_id)[1:51] AS ids
  FROM placed WHERE n >= 4
  GROUP BY level, counterparty, n, everybody
),
judged AS (SELECT *, scan_nats(n, k, share) - ln(count(*) OVER (PARTITION BY level)) AS nats FROM star)
SELECT p.account_id AS subject_id, p.level AS level, concat(p.level, ' ', p.counterparty) AS value,
  list_filter(j.ids, lambda id: id <> p.account_id)[1:50] AS related, j.everybody AS tested,
  CAST(json_object('accounts', j.n, 'counterparty', p.counterparty, 'share_of_registrations', round(j.share, 4), 'nats', round(j.nats, 1)) AS VARCHAR) AS facts,
  p.first_at AS first_at, p.last_at AS last_at
FROM judged j JOIN placed p ON p.level = j.level AND p.counterparty = j.counterparty
WHERE j.nats >= 5 AND j.share <= 0.5
