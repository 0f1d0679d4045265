-- Merchants with the most machines, and what their customers lose by the void ones: of an account's loss, the
-- part that the set's void devices have in the shares of all its void devices. Excluded accounts lose
-- everything for another reason.
WITH void_share AS (
  SELECT account_id, sum(share) AS shares FROM verdict.device WHERE verdict = 'void' GROUP BY account_id
),
sold AS (
  SELECT set_no, device.account_id, sum(device.share) AS shares
  FROM verdict.one_card JOIN verdict.device AS device USING (device_id) WHERE device.verdict = 'void'
  GROUP BY set_no, device.account_id
),
loss AS (
  SELECT set_no,
    sum(CASE WHEN sold.shares = void_share.shares THEN points_before - points_after
      ELSE CAST(CAST(points_before - points_after AS DOUBLE)
        * (CAST(sold.shares AS DOUBLE) / CAST(void_share.shares AS DOUBLE)) AS DECIMAL(38, 6)) END) AS taken
  FROM sold JOIN void_share USING (account_id) JOIN verdict.account USING (account_id)
  WHERE verdict <> 'exclude' AND void_share.shares > 0
  GROUP BY set_no
)
SELECT merchant_id, accounts, devices, devices_void, gpu_models, cards_at_least, cards_at_most, first_seen,
  last_seen, reasons, plain(coalesce(taken, 0)) AS points_taken, CAST(count(*) OVER () AS INTEGER) AS of
FROM verdict.card_set LEFT JOIN loss USING (set_no) WHERE merchant
ORDER BY devices DESC, merchant_id LIMIT $cap
