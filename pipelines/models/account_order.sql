-- One row per account: where its registration stands among all, and the network it came from. `upto` counts the accounts
-- registered no later; `everybody` counts all. Time measured in other people's registrations makes waves, tenfold weeks and
-- nights equal to quiet hours. `block` and `subscriber` are NULL for absent, malformed and unrouted addresses.
SELECT
  account_id,
  created_at,
  count(*) OVER (ORDER BY created_at RANGE UNBOUNDED PRECEDING) AS upto,
  count(*) OVER () AS everybody,
  CASE WHEN ip_is_public(signup_ip) THEN ip_block(signup_ip) END AS block,
  CASE WHEN ip_is_public(signup_ip) THEN ip_subscriber(signup_ip) END AS subscriber
FROM raw.accounts
