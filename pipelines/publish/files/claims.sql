-- What each account may claim now: accounts that are clear and have points left. Held accounts are absent
-- until decided.
SELECT account_id, account.wallet, plain(verdict.points_after) AS points_after
FROM verdict.account AS verdict JOIN raw.accounts AS account USING (account_id)
WHERE verdict.verdict = 'clear' AND verdict.points_after > 0
ORDER BY account_id
