-- Merchants: machines of unrelated owners behind which stands one card, or fewer cards than machines. Nobody
-- is accused: the owners may all be customers.
SELECT merchant_id, accounts, devices, devices_void, gpu_models, cards_at_least, cards_at_most,
  iso_time(first_seen) AS first_seen, iso_time(last_seen) AS last_seen, reasons
FROM verdict.card_set WHERE merchant ORDER BY merchant_id
