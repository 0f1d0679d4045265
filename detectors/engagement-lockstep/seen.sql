-- Accounts that repeated an action on four days or more: fewer show no lockstep.
SELECT DISTINCT account_id AS subject_id FROM features.repeated_action
