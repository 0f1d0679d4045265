-- Groups of five or more accounts whose machines are set up alike, formed without looking at browsers or
-- addresses. `kind`: `machine` (one machine id), `image` (one image, with the host-name template, driver,
-- processor and system on it), `setup` (system, driver and processor). `team` names the group: everybody with
-- the value, and, where strangers share it, each series of registrations in which no hundredth of everybody
-- else's came between two neighbours (`serial`).
WITH machine AS (
  SELECT DISTINCT account_id, 'machine' AS kind, lower(trim(machine_id)) AS value
  FROM raw.devices WHERE length(trim(machine_id)) BETWEEN $shortest_id AND $longest
  UNION
  SELECT DISTINCT account_id, 'image',
    concat_ws(' ', trim(image_id),
      regexp_replace(regexp_replace(lower(hostname), '[0-9a-f]*[0-9][0-9a-f]*', '#', 'g'), '(-?#)+', '#',
        'g'),
      driver_version, cpu_model, os, hypervisor)
  FROM raw.devices
  WHERE length(trim(image_id)) BETWEEN 1 AND $longest AND length(trim(hostname)) BETWEEN 1 AND $longest
  UNION
  SELECT DISTINCT account_id, 'setup',
    concat_ws(' / ', trim(os), coalesce(printed(trim(driver_version)), '-'), trim(cpu_model))
  FROM raw.devices
  WHERE length(printed(trim(os))) BETWEEN 1 AND $longest
    AND length(printed(trim(cpu_model))) BETWEEN 1 AND $longest
    AND coalesce(length(driver_version), 0) <= $longest
),
born AS (
  SELECT account_id, min(registered_at) AS first_at, max(registered_at) AS last_at, min(trim(os)) AS os
  FROM raw.devices GROUP BY account_id
),
placed AS (
  SELECT m.*, b.* EXCLUDE (account_id), o.created_at, o.upto, o.everybody, o.subscriber,
    o.upto - lag(o.upto) OVER (PARTITION BY m.kind, m.value ORDER BY o.upto, m.account_id)
      > greatest(o.everybody / $series_gap, $least_gap) AS opens
  FROM machine m
  JOIN born b ON b.account_id = m.account_id
  JOIN features.account_order o ON o.account_id = m.account_id
),
numbered AS (
  SELECT * EXCLUDE (opens),
    count(*) FILTER (WHERE opens) OVER (PARTITION BY kind, value ORDER BY upto, account_id) AS series,
    count(*) FILTER (WHERE opens) OVER (PARTITION BY kind, value) AS parts
  FROM placed
),
teamed AS (
  SELECT *, value AS team, FALSE AS serial FROM numbered
  UNION ALL
  SELECT *, concat(value, ' from ', utc_text(min(created_at) OVER (PARTITION BY kind, value, series))), TRUE
  FROM numbered WHERE parts > 0
)
SELECT * EXCLUDE (value, series, parts), count(*) OVER (PARTITION BY kind, team) AS n
FROM teamed QUALIFY n >= $least_tested
