-- What explain says of a device beside its evidence. No address, no name of a host.
SELECT verdict.device_id, verdict.account_id, verdict.verdict, verdict.risk, verdict.verified,
  verdict.reasons, verdict.held_by, verdict.share, device.registered_at, device.gpu_model, device.gpu_count,
  claim.vendor, claim.memory_min_mib, machine.places, machine.judgeable
FROM verdict.device AS verdict
JOIN raw.devices AS device USING (device_id)
LEFT JOIN features.device_claim AS claim USING (device_id)
LEFT JOIN verdict.machine AS machine USING (device_id)
ORDER BY verdict.device_id
