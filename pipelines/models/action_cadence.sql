-- Accounts that repeat an action in the same moments, day after day: groups of features.action_group, joined
-- where they keep the same ones.
SELECT g.member AS account_id, coalesce(m.component, g.label) AS cadence
FROM features.action_group g LEFT JOIN features.action_merge m ON m.member = g.label WHERE g.best
