-- What each owner of make-accounts.sql was awarded before the audit.
SELECT concat('u', substr(md5(concat('account', i)), 1, 14)) AS account_id, 'week-1' AS epoch,
  CAST(500 + hash(i, 'points') % 1000 AS DECIMAL(18, 6)) AS points
FROM range(greatest(1, CAST($devices AS BIGINT) * 4 // 5)) AS account (i) ORDER BY account_id
