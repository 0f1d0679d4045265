-- Accounts that name a referrer or are named as one, both of them registered at a known time.
SELECT unnest([a.account_id, a.referrer_id]) AS subject_id
FROM raw.accounts a
JOIN features.account_order c ON c.account_id = a.account_id
JOIN features.account_order p ON p.account_id = a.referrer_id
WHERE a.referrer_id <> a.account_id
