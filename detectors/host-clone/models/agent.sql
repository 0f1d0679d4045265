-- The browser (user agent) with which an account registered, and in which sixty-fourth of everybody's
-- registrations (`part`).
SELECT a.account_id, trim(a.user_agent) AS ua,
  least(idiv((o.upto - 1) * $parts, o.everybody), $parts - 1) AS part
FROM raw.accounts a JOIN features.account_order o ON o.account_id = a.account_id
WHERE length(trim(a.user_agent)) BETWEEN 1 AND $longest_agent
