-- Models that the catalogue does not know, so that nothing can be said about the hardware of their devices:
-- one row per name as claimed, with how many devices and accounts claim it and the first fifty devices by
-- id.
SELECT claim, count(*) AS devices, count(DISTINCT account_id) AS accounts,
  list(device_id ORDER BY device_id)[1:50] AS device_ids
FROM features.device_claim WHERE gpu_model IS NULL GROUP BY claim
