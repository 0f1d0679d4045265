-- Accounts joined by young referrals, however deep the tree.
SELECT account_id AS a, referrer_id AS b FROM own.young_referral
