-- Accounts that registered at a known time from a routed address.
SELECT account_id AS subject_id FROM features.account_order WHERE block IS NOT NULL
