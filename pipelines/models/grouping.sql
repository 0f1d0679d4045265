-- Which accounts might belong together, by source: one row per account and group that it is in, with the
-- group's size. Formed without looking at addresses of e-mail or at when accounts registered. What forms a
-- group is never tested on it again (no double use).
WITH said AS (
  SELECT member AS account_id, 'script' AS source, label AS group_id FROM features.script_touch WHERE best
  UNION ALL SELECT account_id, 'moments', cadence FROM features.action_cadence
  UNION ALL SELECT member, 'restarts', label FROM features.activity_lockstep WHERE best
  UNION ALL SELECT account_id, 'pool', pool FROM features.address_pool
  UNION ALL SELECT account_id, 'network', block FROM features.account_order WHERE block IS NOT NULL
  UNION ALL SELECT account_id, 'wallet', wallet FROM features.wallet_owner
  UNION ALL
  SELECT o.account_id, 'money', t.root FROM features.wallet_tree t JOIN features.wallet_owner o USING (wallet)
)
SELECT account_id, source, group_id, count(*) OVER (PARTITION BY source, group_id) AS n FROM said
