-- What explain says of an account beside its evidence. No e-mail, no address, no name of a host.
SELECT verdict.account_id, verdict.verdict, verdict.risk, verdict.cluster_id, verdict.devices,
  verdict.devices_void, plain(verdict.points_before) AS points_before,
  plain(verdict.points_after) AS points_after, verdict.reasons, verdict.held_by, account.created_at,
  account.country, account.wallet, account.referrer_id,
  coalesce(account.house, FALSE)
    OR coalesce(lower(trim(account.affiliation)) NOT IN ('', 'none'), FALSE) AS house,
  member.stability, member.density, member.bridge, cluster.accounts AS cluster_accounts,
  cluster.stable AS cluster_stable, cluster.density AS cluster_density
FROM verdict.account AS verdict
JOIN raw.accounts AS account USING (account_id)
LEFT JOIN operator.member AS member USING (account_id)
LEFT JOIN operator.cluster AS cluster ON cluster.cluster_id = member.cluster_id
ORDER BY verdict.account_id
