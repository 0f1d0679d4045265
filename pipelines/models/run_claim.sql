-- What the network's runs of a card are held against: its claim. On a host of several models it is all of
-- them at once, since benchmarks and inventories count cards in different orders. A machine listed as one
-- card is held to the listing, unless some run came near it: naming a lesser card beside it frees nobody.
WITH widest AS (
  SELECT device_id, string_agg(DISTINCT gpu_model, ' | ' ORDER BY gpu_model) AS gpu_model,
    list_sort(list_distinct(flatten(list(members ORDER BY gpu_model)))) AS members,
    min(lanes_per_sm) AS lanes_per_sm, min(sm_min) AS sm_min, max(sm_max) AS sm_max,
    min(memory_min_mib) AS memory_min_mib, max(memory_max_mib) AS memory_max_mib,
    min(bandwidth_min_gb_s) AS bandwidth_min_gb_s, max(bandwidth_max_gb_s) AS bandwidth_max_gb_s,
    min(fp32_tflops) AS fp32_tflops, max(fp32_ceiling_tflops) AS fp32_ceiling_tflops,
    min(fp16_tflops) AS fp16_tflops, max(power_limit_w) AS power_limit_w,
    bool_and(mig_capable) AS mig_capable, bool_and(declared_slice) AS declared_slice,
    bool_or(overclockable) AS overclockable
  FROM features.card_claim WHERE several GROUP BY device_id
),
least AS (
  SELECT *
  FROM features.card_claim WHERE several
  QUALIFY row_number() OVER (PARTITION BY device_id
    ORDER BY fp32_tflops NULLS LAST, bandwidth_min_gb_s NULLS LAST, gpu_model, gpu_index, from_at)
    = 1
),
place AS (
  SELECT DISTINCT device_id, gpu_index,
    coalesce(gpu_count, 2) = 1
      AND device_id NOT IN (
        SELECT device_id
        FROM raw.benchmarks b JOIN features.device_claim l USING (device_id)
        WHERE b.measured_by = 'network' AND b.memory_bandwidth_gb_s >= 0.75 * l.bandwidth_min_gb_s
          AND b.fp32_tflops >= 0.6 * l.fp32_tflops
      ) AS as_listed,
    0 AS from_at, NULL::BIGINT AS until_at, TRUE AS latest, TRUE AS several, FALSE AS own
  FROM features.card_claim WHERE several
)
SELECT * FROM features.card_claim WHERE NOT several
UNION ALL BY NAME
SELECT p.* EXCLUDE (as_listed), w.* EXCLUDE (device_id),
  l.* EXCLUDE (device_id, gpu_index, from_at, until_at, latest, several, own, gpu_model, members,
    lanes_per_sm, sm_min, sm_max, memory_min_mib, memory_max_mib, bandwidth_min_gb_s, bandwidth_max_gb_s,
    fp32_tflops, fp32_ceiling_tflops, fp16_tflops, power_limit_w, mig_capable, declared_slice, overclockable)
FROM place p JOIN least l USING (device_id) JOIN widest w USING (device_id) WHERE NOT p.as_listed
UNION ALL BY NAME
SELECT p.* EXCLUDE (as_listed), d.* EXCLUDE (device_id)
FROM place p JOIN features.device_claim d USING (device_id) WHERE p.as_listed
