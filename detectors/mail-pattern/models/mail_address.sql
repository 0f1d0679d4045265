-- One row per account with a plausible e-mail address: the mailbox that it reaches and the name in it, by the
-- rules that its provider publishes (reference.mail_providers): which separators are ignored, what starts a
-- tag, which domains are one. For likeness only, never for identity: two addresses that differ in bytes are
-- two addresses. Addresses over 254 characters, or with parts over 64 and 190, are left out before any
-- regular expression sees them. `kind`: mailbox (a provider that anybody can join), relay (addresses drawn
-- for privacy), NULL (a company, a school, a domain of one's own). `mailbox`: one spelling per mailbox, NULL
-- where the rules are unknown. `name`: local part without tag; at Fastmail's `tag@user.fastmail.com` the
-- user.
WITH split AS (
  SELECT account_id, country, spelling, split_part(spelling, '@', 1) AS local,
    split_part(spelling, '@', 2) AS domain
  FROM (
    SELECT account_id, country, lower(trim(email)) AS spelling
    FROM raw.accounts WHERE length(email) BETWEEN $shortest_domain AND $longest_address
  ) short
  WHERE length(spelling) - length(replace(spelling, '@', '')) = 1
),
plausible AS (
  SELECT *, substr(domain, instr(domain, '.') + 1) AS parent
  FROM split
  WHERE length(local) BETWEEN 1 AND $longest_local
    AND length(domain) BETWEEN $shortest_domain AND $longest_domain AND local NOT LIKE '+%'
    AND NOT regexp_matches(local, '[\s"(),:;<>\[\]\\]|^\.|\.\.|\.$') AND domain LIKE '_%._%'
),
known AS (
  SELECT a.account_id, a.country, a.spelling, a.local, a.domain,
    p.domain IS NULL AND s.domain IS NOT NULL AS below,
    coalesce(p.provider, s.provider, a.domain) AS provider, coalesce(p.kind, s.kind) AS kind,
    coalesce(p.dots, s.dots, 'kept') AS dots,
    CASE WHEN coalesce(p.domain, s.domain) IS NULL THEN '+' ELSE coalesce(p.tag, s.tag, '') END AS tag
  FROM plausible a
  LEFT JOIN reference.mail_providers p ON p.domain = a.domain
  LEFT JOIN reference.mail_providers s ON s.domain = a.parent AND s.subdomains
),
bare AS (
  SELECT *,
    CASE WHEN below AND kind = 'mailbox' THEN split_part(domain, '.', 1)
      WHEN tag = '-' THEN regexp_replace(local, '(.)-[^-]*$', '\1')
      WHEN tag = '+' THEN split_part(local, '+', 1)
      ELSE local END AS name
  FROM known
)
SELECT account_id, country, spelling, domain, provider, kind, name,
  CASE WHEN kind = 'mailbox'
      THEN CASE dots WHEN 'ignored' THEN replace(name, '.', '')
        WHEN 'hyphens' THEN replace(name, '-', '.')
        WHEN 'separators' THEN regexp_replace(name, '[._-]', '', 'g')
        ELSE name END
        || '@' || provider END AS mailbox
FROM bare
