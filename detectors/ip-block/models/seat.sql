-- One row per account and block (IPv4 /24, IPv6 /48) that it was seen in. `eligible`: as far as the account
-- itself goes it could be a tenant: it was seen in a few blocks, in each on addresses that few accounts use,
-- and its machines spoke. `known`: from where it registered.
SELECT a.account_id, a.block, a.wide, CAST(sum(a.messages) AS BIGINT) AS messages, count(*) AS addresses,
  min(a.first_at) AS first_at, max(a.last_at) AS last_at, o.upto, o.everybody, o.block IS NOT NULL AS known,
  c.class,
  o.account_id IS NOT NULL AND count(*) OVER own <= $most_blocks
    AND max(max(a.crowd)) OVER own <= $most_on_address AND max(sum(a.messages)) OVER own > 0
    AND bool_and(c.class IS NULL
      OR c.class = 'hosting'
      OR c.class = 'residential' AND NOT c.given) OVER own AS eligible
FROM (SELECT *, count(*) OVER (PARTITION BY address) AS crowd FROM features.account_address) a
LEFT JOIN features.account_order o ON o.account_id = a.account_id
LEFT JOIN features.address_class c ON c.block = a.block
GROUP BY a.account_id, a.block, a.wide, o.account_id, o.upto, o.everybody, o.block, c.class, c.given
WINDOW own AS (PARTITION BY a.account_id)
