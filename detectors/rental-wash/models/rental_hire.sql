-- Hires with their owner, and how busy the machine was: one row per hire. `load`: mean utilization, 0..1,
-- over the quarter hours that lie wholly within the hire, NULL without enough of them. A hire without an end
-- lasts until the snapshot.
WITH hire AS (
  SELECT r.rental_id, r.device_id, d.account_id AS owner_id, r.renter_id, r.started_at,
    least(coalesce(r.ended_at, $snapshot), $snapshot) AS ended_at
  FROM raw.rentals r JOIN raw.devices d USING (device_id)
),
used AS (
  SELECT h.rental_id,
    CAST(sum(g.util_sum_cp) AS DOUBLE) / CAST(sum(g.util_n) AS BIGINT) / $ten_thousandths AS load
  FROM hire h
  JOIN rollup.device_grid g
    ON g.device_id = h.device_id AND g.bin > h.started_at // ($quarter_minutes * minute_ms())
      AND g.bin < h.ended_at // ($quarter_minutes * minute_ms())
  WHERE g.util_n > 0
  GROUP BY h.rental_id HAVING count(DISTINCT g.bin) >= $least_quarters
)
SELECT h.*, q.load FROM hire h LEFT JOIN used q USING (rental_id)
