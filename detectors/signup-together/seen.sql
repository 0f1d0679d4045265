-- Accounts that registered at a known time and have a script of missions or a cadence of daily actions to be
-- joined by.
SELECT o.account_id AS subject_id
FROM features.account_order o
WHERE o.account_id IN (SELECT account_id FROM features.script_member)
  OR o.account_id IN (SELECT account_id FROM features.action_member)
