-- One row per account whose time of registration is known: where it stands among all, and the network it came
-- from. `upto` counts the accounts registered no later; `everybody` counts all of them. Who came at an
-- unknown time came neither first nor last: no row. Time measured in other people's registrations makes
-- waves, tenfold weeks and nights equal to quiet hours. `block` and `subscriber` are NULL for absent,
-- malformed and unrouted addresses.
SELECT a.account_id, a.created_at, count(*) OVER (ORDER BY a.created_at RANGE UNBOUNDED PRECEDING) AS upto,
  count(*) OVER () AS everybody, s.block, coalesce(ip_v4_text(s.v4), s.v6 || '::/64') AS subscriber
FROM raw.accounts a LEFT JOIN features.address_spelling s ON s.ip = a.signup_ip WHERE a.created_at IS NOT NULL
