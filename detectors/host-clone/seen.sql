-- Accounts with a machine id, or with an image and a host name: the two values that are compared.
SELECT account_id AS subject_id FROM raw.devices
WHERE length(trim(machine_id)) BETWEEN 8 AND 128 OR (length(trim(image_id)) BETWEEN 1 AND 128 AND length(trim(hostname)) BETWEEN 1 AND 128)
