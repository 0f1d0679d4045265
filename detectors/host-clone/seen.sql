-- Accounts with a machine id, with an image and a host name, or with a system, a processor and a browser:
-- what is compared.
SELECT d.account_id AS subject_id
FROM raw.devices d JOIN raw.accounts a ON a.account_id = d.account_id
WHERE length(trim(d.machine_id)) BETWEEN $shortest_id AND $longest
  OR (length(trim(d.image_id)) BETWEEN 1 AND $longest AND length(trim(d.hostname)) BETWEEN 1 AND $longest)
  OR (length(printed(trim(d.os))) BETWEEN 1 AND $longest
    AND length(printed(trim(d.cpu_model))) BETWEEN 1 AND $longest
    AND length(trim(a.user_agent)) BETWEEN 1 AND $longest_agent)
