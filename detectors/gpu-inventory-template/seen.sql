-- Machines with an inventory whose client version and system enough other accounts have.
SELECT DISTINCT device_id AS subject_id
FROM own.filled_field
WHERE (agent_version, os) IN (
  SELECT (agent_version, os)
  FROM own.filled_field GROUP BY agent_version, os HAVING count(DISTINCT account_id) > $least_accounts
)
