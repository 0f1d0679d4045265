-- The owners of make-devices.sql, registered one by one over the half year before.
SELECT concat('u', substr(md5(concat('account', i)), 1, 14)) AS account_id,
  concat(substr(md5(concat('mail', i)), 1, 10), '@example.com') AS email,
  make_timestamptz((CAST($day AS BIGINT) * 86400 - 7862400 - CAST(hash(i, 'created') % 7776000 AS BIGINT))
    * 1000000) AS created_at,
  concat_ws('.', 11 + hash(i, 'a') % 160, hash(i, 'b') % 256, hash(i, 'c') % 256,
    1 + hash(i, 'd') % 254) AS signup_ip,
  (['US', 'DE', 'IN', 'BR', 'JP'])[1 + CAST(hash(i, 'country') % 5 AS BIGINT)] AS country, FALSE AS house
FROM range(greatest(1, CAST($devices AS BIGINT) * 4 // 5)) AS account (i) ORDER BY account_id
