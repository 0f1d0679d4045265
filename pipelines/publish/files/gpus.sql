-- Every card with the model that it claims and its verdict.
SELECT g.device_id, g.gpu_index, coalesce(c.gpu_model, c.claim, d.gpu_model) AS claimed, g.verdict,
  plain(g.risk) AS risk, g.reasons
FROM verdict.gpu AS g
JOIN raw.devices AS d USING (device_id)
LEFT JOIN features.card_claim AS c ON c.device_id = g.device_id AND c.gpu_index = g.gpu_index AND c.latest
ORDER BY g.device_id, g.gpu_index
