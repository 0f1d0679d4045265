-- Which card each row of an inventory is about (`card`): its uuid, else its place on the bus, else its index.
-- Instances of a divided card share their parent's uuid or bus and are told apart by their own uuid, else
-- index. Rows of a machine that follow each other within a second are one inventory, taken at the first of
-- them, from one showing of the first card to the next. Where such a turn shows a card, an index or a bus at
-- two times, its rows are samples and stay apart. Where no index is given it follows those that are, in the
-- order of the inventory's buses, as nvidia-smi counts, else of its uuids.
WITH described AS (
  SELECT *, uuid_canonical(gpu_uuid) AS uuid, right(lower(pci_bus_id), 12) AS bus,
    mig_profile IS NOT NULL OR starts_with(coalesce(gpu_uuid, ''), 'MIG-') AS instance
  FROM base
),
named AS (
  SELECT *,
    CASE WHEN instance
        THEN 'instance ' || CASE WHEN starts_with(gpu_uuid, 'MIG-') THEN gpu_uuid ELSE gpu_index::VARCHAR END
      ELSE coalesce(uuid, bus, gpu_index::VARCHAR) END AS shown,
    CASE WHEN NOT instance THEN bus END AS slot,
    coalesce(seen_at - lag(seen_at) OVER (PARTITION BY device_id ORDER BY seen_at) <= 1000, FALSE) AS follows
  FROM described
),
chained AS (
  SELECT *, count(*) FILTER (WHERE NOT follows) OVER (PARTITION BY device_id ORDER BY seen_at) AS chain
  FROM named
),
anchored AS (
  SELECT *, first_value(shown) OVER (PARTITION BY device_id, chain ORDER BY seen_at, shown) AS anchor
  FROM chained
),
turned AS (
  SELECT *,
    count(*) FILTER (WHERE shown = anchor) OVER (PARTITION BY device_id, chain ORDER BY seen_at) AS turn
  FROM anchored
),
repeated AS (
  SELECT *,
    shown IS NOT NULL AND seen_at > min(seen_at) OVER (PARTITION BY device_id, chain, turn, shown)
      OR gpu_index IS NOT NULL
        AND seen_at > min(seen_at) OVER (PARTITION BY device_id, chain, turn, gpu_index)
      OR slot IS NOT NULL AND seen_at > min(seen_at) OVER (PARTITION BY device_id, chain, turn, slot) AS again
  FROM turned
),
taken AS (
  SELECT * REPLACE (CASE WHEN bool_or(again) OVER (PARTITION BY device_id, chain, turn) THEN seen_at
      ELSE min(seen_at) OVER (PARTITION BY device_id, chain, turn) END AS seen_at)
  FROM repeated
),
placed AS (
  SELECT * REPLACE (coalesce(gpu_index,
      coalesce(max(gpu_index) OVER (PARTITION BY device_id), -1)
        + dense_rank() OVER (PARTITION BY device_id, seen_at, gpu_index IS NULL
          ORDER BY CASE WHEN bus IS NULL OR instance THEN concat_ws(' ', bus, gpu_uuid)
              ELSE bus END)) AS gpu_index)
  FROM taken
)
SELECT * EXCLUDE (uuid, bus, instance, shown, slot, follows, chain, anchor, turn, again),
  CASE WHEN instance
      THEN 'instance ' || CASE WHEN starts_with(gpu_uuid, 'MIG-') THEN gpu_uuid ELSE gpu_index::VARCHAR END
    ELSE coalesce(uuid, bus, gpu_index::VARCHAR) END AS card
FROM placed
