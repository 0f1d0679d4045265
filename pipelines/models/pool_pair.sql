-- Accounts that were seen on the same two addresses of different networks (the autonomous system where known,
-- else /16, /32): one row per account and pair that another has too, for the twelve rarest addresses of an
-- account. One carrier or one home gives neighbours, not that.
SELECT a.account_id, concat(a.address, ' & ', b.address) AS token,
  count(*) OVER (PARTITION BY token) AS strength
FROM features.address_held a
JOIN features.address_held b
  ON b.account_id = a.account_id AND a.address < b.address AND a.network <> b.network
WHERE a.rarity <= 12 AND b.rarity <= 12
QUALIFY strength >= 2
