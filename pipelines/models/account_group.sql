-- Groups of five or more accounts formed without looking at their e-mail addresses: one mission script, restarts in
-- lockstep, one address pool, one network at registration, one wallet. What forms a group is never tested on it again;
-- mail-pattern tests whether its addresses are of one form (no double use).
WITH grouping AS (
  SELECT account_id, 'script' AS source, script AS team FROM features.activity_script
  UNION ALL SELECT account_id, 'restarts', lockstep FROM features.activity_lockstep
  UNION ALL SELECT account_id, 'pool', pool FROM features.address_pool
  UNION ALL SELECT account_id, 'network', block FROM features.account_order WHERE block IS NOT NULL
  UNION ALL SELECT account_id, 'wallet', wallet FROM features.wallet_owner
)
SELECT account_id, source, team, n FROM (SELECT *, count(*) OVER (PARTITION BY source, team) AS n FROM grouping) WHERE n >= 5
