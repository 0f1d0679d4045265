-- Machines of several accounts are copies of one: the same machine id, or the same image with host names of one template.
--
-- Golden images of clouds and the default ids of virtual machines are copied by strangers too, but strangers registered when
-- everybody did. A group of five or more accounts counts when the middle four fifths of its registrations fall into
-- too small a share of everybody else's (scan bound, Bonferroni over values) and into at most a tenth of them, since a new
-- image is taken up by everyone who joins after it. The account that had the value first may have been copied: `first`.
WITH machine AS (
  SELECT DISTINCT account_id, 'machine' AS kind, lower(trim(machine_id)) AS value
  FROM raw.devices WHERE length(trim(machine_id)) BETWEEN 8 AND 128
  UNION
  SELECT DISTINCT account_id, 'image', concat_ws(' ', trim(image_id),
    regexp_replace(regexp_replace(lower(hostname), '[0-9a-f]*[0-9][0-9a-f]*', '#', 'g'), '(-?#)+', '#', 'g'), driver_version, cpu_model, os, hypervisor)
  FROM raw.devices WHERE length(trim(image_id)) BETWEEN 1 AND 128 AND length(trim(hostname)) BETWEEN 1 AND 128
),
born AS (SELECT account_id, min(registered_at) AS first_at, max(registered_at) AS last_at FROM raw.devices GROUP BY account_id),
placed AS (
  SELECT m.*, b.first_at, b.last_at, o.created_at, o.upto, o.everybody, count(*) OVER (PARTITION BY m.kind, m.value) AS n,
    row_number() OVER (PARTITION BY m.kind, m.value ORDER BY o.upto, m.account_id) AS i
  FROM machine m JOIN born b ON b.account_id = m.account_id JOIN features.account_order o ON o.account_id = m.account_id
),
copy AS (
  SELECT kind, value, n, everybody, n - 2 * (n // 10) AS k, min(first_at) AS first_at, max(last_at) AS last_at, min(created_at) AS oldest,
    (greatest(max(upto) FILTER (WHERE i <= n - n // 10) - min(upto) FILTER (WHERE i > n // 10) - (n - 2 * (n // 10)), 0) + 1.0)
      / (everybody - n + 1.0) AS share,
    list(account_id ORDER BY account_id)[1:51] AS ids
  FROM placed WHERE n >= 5
  GROUP BY kind, value, n, everybody
),
judged AS (SELECT *, scan_nats(n, k, share) - ln(count(*) OVER (PARTITION BY kind)) AS nats FROM copy)
SELECT p.account_id AS subject_id, CASE WHEN p.created_at = j.oldest THEN 'first' ELSE p.kind END AS level,
  concat(p.kind, ' ', p.value) AS value,
  list_filter(j.ids, lambda id: id <> p.account_id)[1:50] AS related, j.everybody AS tested,
  CAST(json_object('accounts', j.n, 'share_of_registrations', round(j.share, 4), 'nats', round(j.nats, 1)) AS VARCHAR) AS facts,
  j.first_at AS first_at, j.last_at AS last_at
FROM judged j JOIN placed p ON p.kind = j.kind AND p.value = j.value
WHERE j.nats >= 7 AND j.share <= 0.1
