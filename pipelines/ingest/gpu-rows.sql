-- Which card each row of an inventory is about (`card`): its uuid, else its place on the bus, else its index. Instances of a divided card
-- share their parent's uuid or bus and are told apart by their own uuid, else index. Where no index is given it is the place in the order
-- of the machine's buses, as nvidia-smi counts, else of its uuids.
WITH described AS (
  SELECT *, uuid_canonical(gpu_uuid) AS uuid, right(lower(pci_bus_id), 12) AS bus,
    mig_profile IS NOT NULL OR starts_with(coalesce(gpu_uuid, ''), 'MIG-') AS instance
  FROM base
), placed AS (
  SELECT * REPLACE (coalesce(gpu_index, dense_rank() OVER (
    PARTITION BY device_id, gpu_index IS NULL
    ORDER BY CASE WHEN bus IS NULL OR instance THEN concat_ws(' ', bus, gpu_uuid) ELSE bus END) - 1) AS gpu_index)
  FROM described
)
SELECT * EXCLUDE (uuid, bus, instance),
  CASE WHEN instance THEN 'instance ' || CASE WHEN starts_with(gpu_uuid, 'MIG-') THEN gpu_uuid ELSE gpu_index::VARCHAR END
    ELSE coalesce(uuid, bus, gpu_index::VARCHAR) END AS card
FROM placed
