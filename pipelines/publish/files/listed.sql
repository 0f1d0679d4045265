-- What is on offer on other networks, by network and listed model: of each listing its rows of the last time
-- it was seen. Offers of one machine overlap where a network rents out its parts, so cards are those of the
-- offers, not machines.
WITH latest AS (
  SELECT network, listing_id, max(seen_at) AS seen_at, min(seen_at) AS first_at
  FROM raw.listings GROUP BY network, listing_id
)
SELECT l.network, coalesce(nullif(trim(l.gpu_model), ''), 'not stated') AS gpu_model,
  count(DISTINCT l.listing_id) AS listings, count(*) AS offers,
  count(*) FILTER (l.available) AS offers_available, CAST(coalesce(sum(l.gpu_count), 0) AS BIGINT) AS cards,
  count(*) FILTER (l.gpu_count IS NULL) AS offers_without_count, iso_time(min(o.first_at)) AS first_seen,
  iso_time(max(l.seen_at)) AS last_seen
FROM raw.listings l
JOIN latest o ON o.network = l.network AND o.listing_id = l.listing_id AND o.seen_at = l.seen_at
GROUP BY 1, 2 ORDER BY 1, 2
