-- Accounts by the network (IPv4 /24, IPv6 /48) that they registered from.
SELECT block AS group_id, account_id FROM features.account_order WHERE block IS NOT NULL
