-- Spellings of one mailbox, and names that look like one: a row per account and level. Two spellings can be
-- two people of one name on an unverified list.
SELECT account_id, 'mailbox' AS level, mailbox AS value
FROM own.mail_address WHERE mailbox IS NOT NULL
QUALIFY count(DISTINCT spelling) OVER (PARTITION BY mailbox) >= $least_spellings
UNION ALL
SELECT account_id, 'look-alike', skeleton
FROM own.mail_shape WHERE length(skeleton) >= $least_skeleton AND regexp_matches(skeleton, '[a-z]{3}')
WINDOW skeletons AS (PARTITION BY skeleton)
QUALIFY count(DISTINCT written) OVER skeletons >= $least_spellings
  -- Half of them have digits or foreign letters in it.
  AND 2 * count(*) FILTER (regexp_matches(written, '[^a-z]')) OVER skeletons >= count(*) OVER skeletons
