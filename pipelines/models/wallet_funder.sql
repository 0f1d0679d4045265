-- Who fills wallets for the first time, and whether it serves the public: one row per source of two wallets
-- or more.
--
-- `public` is what links nobody: exchanges, bridges, faucets, dealers, employers. It is estimated from those
-- whom the source filled, never from a list. Null: they are strangers, who came when everybody did, have
-- other money too, and sent it to different places. Of five or more it must pay few who had money before, few
-- again and again (an employer does), few who get first money of others later, and one of two must show
-- otherwise. A place: two thirds of them send to one to which hardly anybody else does (`own_place`). Or
-- time: in four of five the gap to the one before, measured in other people's first money, is a tenth of what
-- n strangers leave between them (Chernoff's bound of the binomial count, or the scan bound of all of them;
-- Bonferroni over sources). Where times are absent it must pay hardly anybody else (one in ten), while other
-- sources do (Chernoff, likewise). Who came through a public hour of such a source is told in
-- features.wallet_tree. Places that more than twenty pay into are no people. Up to four are too few to tell:
-- not public.
WITH child AS (
  SELECT source, wallet, place, everybody, elsewhere, count(*) OVER (PARTITION BY source) AS n,
    place - lag(place) OVER (PARTITION BY source ORDER BY place, wallet) AS gap
  FROM features.wallet_source WHERE source IS NOT NULL
),
star AS (
  SELECT source, n, everybody, count(*) FILTER (WHERE elsewhere) AS elsewhere, count(place) AS placed,
    count(gap) AS gaps, count(*) FILTER (WHERE CAST(gap AS DOUBLE) * n * 10 <= everybody) AS narrow,
    others_share(max(place) - min(place), count(place), n, everybody) AS share
  FROM child WHERE n >= 2 GROUP BY source, n, everybody
),
timed AS (
  SELECT *,
    CASE WHEN gaps >= 3
        THEN greatest(CASE WHEN narrow * 10 >= gaps * 8 THEN chernoff_nats(gaps, narrow, 0.1) ELSE 0 END,
          CASE WHEN share <= 0.1 THEN scan_nats(placed, placed, share) ELSE 0 END)
          - ln(count(*) OVER ())
      ELSE 0 END AS time_nats
  FROM star
),
-- Nobody's place is the source itself: customers pay into the exchange that paid them.
place AS (
  SELECT c.source, p.to_wallet, count(*) AS senders, max(c.n) AS n, max(c.everybody) AS everybody
  FROM child c JOIN features.wallet_pair p ON p.from_wallet = c.wallet
  WHERE c.n >= 5 AND p.to_wallet <> c.source
  GROUP BY c.source, p.to_wallet HAVING count(*) >= 3 AND count(*) * 3 >= 2 * max(c.n)
),
visited AS (SELECT to_wallet, count(*) AS senders FROM features.wallet_pair GROUP BY to_wallet),
own_place AS (
  SELECT source,
    max(struct_pack(nats := chernoff_nats(v.senders, x.senders, CAST(x.n AS DOUBLE) / x.everybody),
      place := x.to_wallet)) AS best
  FROM place x JOIN visited v ON v.to_wallet = x.to_wallet WHERE x.senders * 2 >= v.senders GROUP BY source
),
paid AS (
  SELECT p.from_wallet AS source,
    count(*) FILTER (WHERE s.source IS DISTINCT FROM p.from_wallet AND v.senders <= 20) AS others,
    count(*) FILTER (WHERE s.source = p.from_wallet AND p.transfers >= 3) AS regular
  FROM features.wallet_pair p
  JOIN star t ON t.source = p.from_wallet AND t.n >= 5
  JOIN visited v ON v.to_wallet = p.to_wallet
  LEFT JOIN features.wallet_source s ON s.wallet = p.to_wallet
  GROUP BY p.from_wallet
)
SELECT t.source, t.n AS children, coalesce(a.others, 0) AS others, coalesce(a.regular, 0) AS regular,
  t.elsewhere, round(t.time_nats, 3) AS time_nats, round(coalesce(o.best.nats, 0), 3) AS place_nats,
  CASE WHEN o.best.nats - ln(count(*) OVER ()) >= 5 THEN o.best.place END AS own_place,
  t.n >= 5
    AND (coalesce(a.regular, 0) * 2 >= t.n
      OR coalesce(a.others, 0) * (CASE WHEN t.placed = 0 THEN 10 ELSE 4 END) > t.n
      OR t.elsewhere * 3 > t.n
      OR greatest(t.time_nats,
        CASE WHEN t.placed = 0
            THEN chernoff_nats(t.n + coalesce(a.others, 0), t.n,
              sum(t.n) OVER () / CAST(sum(t.n + coalesce(a.others, 0)) OVER () AS DOUBLE))
              - ln(count(*) OVER ())
          ELSE 0 END)
        < 5
        AND coalesce(o.best.nats, 0) - ln(count(*) OVER ()) < 5) AS public
FROM timed t LEFT JOIN own_place o ON o.source = t.source LEFT JOIN paid a ON a.source = t.source
