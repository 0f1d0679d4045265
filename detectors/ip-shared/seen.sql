-- Accounts that were seen on a routed address outside of carriers, campuses and VPN exits.
SELECT DISTINCT a.account_id AS subject_id
FROM features.account_address a JOIN features.address_class c ON c.block = a.block
WHERE c.class IS NULL OR c.class NOT IN ('mobile', 'campus', 'vpn')
