-- Referrals by accounts that had themselves only just been opened: for less than the time in which 1/200 of
-- all other accounts registered, or for less than three days, whichever is longer. A person first uses a
-- network and then brings friends.
SELECT a.account_id, a.referrer_id
FROM raw.accounts a
JOIN features.account_order c ON c.account_id = a.account_id
JOIN features.account_order p ON p.account_id = a.referrer_id
WHERE a.referrer_id <> a.account_id AND c.created_at >= p.created_at
  AND (c.created_at - p.created_at <= $young_days * day_ms()
    OR (c.upto - p.upto) * $young_part <= c.everybody)
