-- Every hire with its owner, and how busy the machine was: one row per hire. `load` is the mean utilization (0 to 1) of its cards over the
-- quarter hours that lie wholly within the hire; NULL without four of them. A hire without an end is taken to last until the snapshot.
WITH hire AS (
  SELECT r.rental_id, r.device_id, d.account_id AS owner_id, r.renter_id, r.started_at, least(coalesce(r.ended_at, $snapshot), $snapshot) AS ended_at, r.price_usd
  FROM raw.rentals r JOIN raw.devices d ON d.device_id = r.device_id
),
quarter AS (
  SELECT h.rental_id, sum(g.util_sum_cp) AS sum_cp, CAST(sum(g.util_n) AS BIGINT) AS n, count(DISTINCT g.bin) AS bins
  FROM hire h JOIN rollup.device_grid g ON g.device_id = h.device_id
    AND g.bin > h.started_at // 900000 AND g.bin < h.ended_at // 900000
  WHERE g.util_n > 0 GROUP BY h.rental_id
)
SELECT h.*, CASE WHEN q.bins >= 4 THEN CAST(q.sum_cp AS DOUBLE) / q.n / 10000 END AS load
FROM hire h LEFT JOIN quarter q ON q.rental_id = h.rental_id
