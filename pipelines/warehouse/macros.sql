-- Scalar macros shared by rollups, models and detectors: the only reuse in SQL. Each takes and returns plain values,
-- so that a statement pasted into the DuckDB shell needs this one file before it.

-- Whole division and remainder of epoch milliseconds; on Trino the same names stand for `/` and `%` on BIGINT.
CREATE OR REPLACE MACRO idiv(a, b) AS CAST(a // b AS BIGINT);
CREATE OR REPLACE MACRO day_of(ms) AS CAST(ms // 86400000 AS BIGINT);
-- Sets of the numbers 0..47 as bitmaps that a JavaScript number holds; on Trino bitwise_left_shift, bitwise_or_agg, bit_count.
CREATE OR REPLACE MACRO bit_at(n) AS CASE WHEN n BETWEEN 0 AND 47 THEN CAST(1 AS BIGINT) << CAST(n AS BIGINT) ELSE CAST(0 AS BIGINT) END;
CREATE OR REPLACE MACRO bits_or(bits) AS bit_or(bits);
CREATE OR REPLACE MACRO bits_set(bits) AS CAST(bit_count(bits) AS BIGINT);

-- An IPv4 address as a number; NULL for anything else. Leading zeros are refused, since readers disagree whether
-- they mean octal (CVE-2021-28918). `::ffff:a.b.c.d` is the IPv4 address that it maps.
CREATE OR REPLACE MACRO ip_text(ip) AS
  CASE WHEN lower(ip) LIKE '::ffff:%.%' THEN substr(ip, 8) ELSE lower(regexp_replace(ip, '%.*$', '')) END;
CREATE OR REPLACE MACRO ip_v4(ip) AS
  CASE
    WHEN regexp_full_match(ip_text(ip), '((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])')
    THEN CAST(split_part(ip_text(ip), '.', 1) AS BIGINT) * 16777216
       + CAST(split_part(ip_text(ip), '.', 2) AS BIGINT) * 65536
       + CAST(split_part(ip_text(ip), '.', 3) AS BIGINT) * 256
       + CAST(split_part(ip_text(ip), '.', 4) AS BIGINT)
  END;

-- The eight groups of an IPv6 address, zero-padded to four lower-case digits and joined by colons; NULL for others.
CREATE OR REPLACE MACRO ip_v6(ip) AS
  CASE
    WHEN ip_text(ip) NOT LIKE '%:%' OR ip_text(ip) LIKE '%:::%' OR ip_text(ip) LIKE '%::%::%' THEN NULL
    WHEN NOT regexp_full_match(ip_text(ip), '[0-9a-f:]{2,39}') THEN NULL
    WHEN regexp_matches(ip_text(ip), '[0-9a-f]{5}') THEN NULL
    WHEN ip_text(ip) LIKE '%::%' AND len(string_split(ip_text(ip), ':')) > 9 THEN NULL
    WHEN ip_text(ip) NOT LIKE '%::%' AND len(string_split(ip_text(ip), ':')) <> 8 THEN NULL
    ELSE array_to_string(
      list_transform(
        string_split(
          CASE WHEN ip_text(ip) LIKE '%::%' THEN
            replace(
              CASE WHEN ip_text(ip) LIKE '::%' THEN '0' ELSE '' END || ip_text(ip) || CASE WHEN ip_text(ip) LIKE '%::' THEN '0' ELSE '' END,
              '::',
              ':' || repeat('0:', CAST(9 - len(string_split(
                CASE WHEN ip_text(ip) LIKE '::%' THEN '0' ELSE '' END || ip_text(ip) || CASE WHEN ip_text(ip) LIKE '%::' THEN '0' ELSE '' END, ':')) AS INTEGER))
            )
          ELSE ip_text(ip) END,
          ':'),
        lambda g: lpad(g, 4, '0')),
      ':')
  END;

-- One spelling for each address: dotted IPv4, or IPv6 in full. NULL when it is no address.
CREATE OR REPLACE MACRO ip_canonical(ip) AS coalesce(CASE WHEN ip_v4(ip) IS NOT NULL THEN ip_text(ip) END, ip_v6(ip));
-- The network that a household or a server gets: IPv4 /24, IPv6 /48.
CREATE OR REPLACE MACRO ip_block(ip) AS
  CASE WHEN ip_v4(ip) IS NOT NULL THEN regexp_replace(ip_text(ip), '\.[0-9]+$', '.0/24')
       WHEN ip_v6(ip) IS NOT NULL THEN substr(ip_v6(ip), 1, 14) || '::/48' END;
-- What one subscriber holds: the IPv4 address itself, the IPv6 /64.
CREATE OR REPLACE MACRO ip_subscriber(ip) AS
  CASE WHEN ip_v4(ip) IS NOT NULL THEN ip_text(ip) WHEN ip_v6(ip) IS NOT NULL THEN substr(ip_v6(ip), 1, 19) || '::/64' END;
-- Addresses that the public Internet does not route (RFC 1918, 6598, 3927, 5735; 4193, 4291 for IPv6) say nothing.
CREATE OR REPLACE MACRO ip_is_public(ip) AS
  CASE
    WHEN ip_v4(ip) IS NOT NULL THEN NOT (
      ip_v4(ip) < 16777216 OR ip_v4(ip) BETWEEN 167772160 AND 184549375 OR ip_v4(ip) BETWEEN 1681915904 AND 1686110207
      OR ip_v4(ip) BETWEEN 2130706432 AND 2147483647 OR ip_v4(ip) BETWEEN 2851995648 AND 2852061183
      OR ip_v4(ip) BETWEEN 2886729728 AND 2887778303 OR ip_v4(ip) BETWEEN 3232235520 AND 3232301055
      OR ip_v4(ip) >= 3758096384)
    WHEN ip_v6(ip) IS NOT NULL THEN substr(ip_v6(ip), 1, 1) IN ('2', '3')
    ELSE FALSE
  END;

-- Text that stands where a value should: NVML's words for what it cannot read, what people put over a value that they hide,
-- and nothing but one filler character. `printed` is the text, NULL for those.
CREATE OR REPLACE MACRO is_placeholder(x) AS
  regexp_matches(x, '(?i)^\s*[\[(<]?(|n/?a|null|undefined|not (available|supported|active|found|permitted)|(unknown|err(or)?!?)( error)?|insufficient permissions|requested functionality has been deprecated|gpu (is lost|requires reset)|no (data|permissions?)|function not found|removed|hidden|masked|scrubbed|censored|anonymi[sz]ed|to be filled by o\.?e\.?m\.?|default string)[\])>]?\s*$|^(0x)?([0\s./:-]+|[x\s./:-]+|[*#\s./:-]+|[?\s./:-]+|[_\s./:-]+)$|x{6}|\*{3}|#{3}|redacted');
CREATE OR REPLACE MACRO printed(x) AS CASE WHEN x IS NULL OR is_placeholder(x) THEN NULL ELSE x END;
-- A virtual card's firmware version is all zeros: a fact about the card, not a placeholder.
CREATE OR REPLACE MACRO vbios_printed(x) AS CASE WHEN regexp_full_match(trim(x), '0+(\.0+)+') THEN trim(x) ELSE printed(x) END;

-- A gpu_uuid that is no placeholder: not all one digit, not the 12345678-… of manuals, not three middle groups of zeros as
-- scrubbed captures and counting mocks have (chance in silicon 2^-48). `uuid_canonical` also asks for the form and gives
-- one spelling.
CREATE OR REPLACE MACRO uuid_printed(u) AS
  CASE
    WHEN u IS NULL OR is_placeholder(u) THEN NULL
    WHEN regexp_matches(u, '(?i)^(gpu|mig)-(12345678-|([0-]+|[1-]+|[2-]+|[3-]+|[4-]+|[5-]+|[6-]+|[7-]+|[8-]+|[9-]+|[a-]+|[b-]+|[c-]+|[d-]+|[e-]+|[f-]+|[x*#-]+)$)|-0000-0000-0000-') THEN NULL
    ELSE u
  END;
CREATE OR REPLACE MACRO uuid_canonical(u) AS
  CASE
    WHEN u IS NULL OR length(u) > 80 THEN NULL
    WHEN regexp_full_match(lower(u), '(gpu|mig)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}') AND uuid_printed(u) IS NOT NULL
    THEN substr(u, 1, 4) || lower(substr(u, 5))
  END;
-- A board serial, NULL for placeholders: one repeated digit, digits in counting order, eight zeros in a row.
CREATE OR REPLACE MACRO serial_canonical(s) AS
  CASE WHEN regexp_full_match(s, '\s*[0-9A-Za-z]{6,32}\s*')
      AND NOT regexp_matches(s, '(?i)^\s*(0+|1+|9+|f+|x+|0?123456[0-9]*)\s*$|0{8}|x{6}|redacted')
    THEN upper(trim(s)) END;
-- `vendor:device` in lower case from the two forms that are about, `10de:2684` and nvidia-smi's `0x268410DE`; NULL where
-- either half is zero. Other text stays as it is.
CREATE OR REPLACE MACRO pci_id(x) AS
  CASE
    WHEN regexp_full_match(x, '(?i)[0-9a-f]{4}:[0-9a-f]{4}') THEN CASE WHEN NOT regexp_matches(x, '^0000|0000$') THEN lower(x) END
    WHEN regexp_full_match(x, '(?i)(0x)?[0-9a-f]{8}') THEN
      CASE WHEN NOT regexp_matches(x, '(?i)^(0x)?0000|0000$') THEN lower(right(x, 4) || ':' || left(right(x, 8), 4)) END
    ELSE printed(x)
  END;

-- Scan statistic: nats against k of n events falling by chance into some window that holds the share f of the time that
-- matters. Union bound over the window's first event, n C(n-1, k-1) f^(k-1) (Naus 1965); negative when nothing is odd.
-- Clamped, because the optimiser may compute it for rows that a join then drops (k > n).
CREATE OR REPLACE MACRO scan_nats(n, k, f) AS
  -(ln(greatest(n, 1)) + lgamma(greatest(n, 1)) - lgamma(greatest(k, 1)) - lgamma(greatest(n - k + 1, 1))
    + (k - 1) * ln(greatest(least(f, 1.0), 1e-12)));
