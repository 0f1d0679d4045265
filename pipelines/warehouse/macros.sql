-- Scalar macros shared by rollups, models and detectors: the only reuse in SQL. Each takes and returns plain
-- values, so that a statement pasted into the DuckDB shell needs this one file before it.

-- Whole division and remainder of epoch milliseconds; on Trino the same names stand for `/` and `%` on
-- BIGINT.
CREATE OR REPLACE MACRO idiv(a, b) AS CAST(a // b AS BIGINT);
CREATE OR REPLACE MACRO day_of(ms) AS CAST(ms // 86400000 AS BIGINT);
-- Sets of the numbers 0..47 as bitmaps that a JavaScript number holds; on Trino bitwise_left_shift,
-- bitwise_or_agg, bit_count.
CREATE OR REPLACE MACRO bit_at(n) AS
  CASE WHEN n BETWEEN 0 AND 47 THEN CAST(1 AS BIGINT) << CAST(n AS BIGINT) ELSE CAST(0 AS BIGINT) END;
CREATE OR REPLACE MACRO bits_or(bits) AS bit_or(bits);
CREATE OR REPLACE MACRO bits_set(bits) AS CAST(bit_count(bits) AS BIGINT);

-- An address as text that the two readers below take apart: the zone of an IPv6 address (`%eth0`) is the
-- machine's own business and dropped, a dotted tail (`::ffff:1.2.3.4`) becomes two groups. Dotted parts with
-- leading zeros are refused, since readers disagree whether they mean octal (CVE-2021-28918).
CREATE OR REPLACE MACRO ip_dotted(t) AS
  regexp_full_match(t,
    '((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])');
CREATE OR REPLACE MACRO ip_byte(t, i) AS CAST(split_part(t, '.', i) AS BIGINT);
CREATE OR REPLACE MACRO ip_hex_tail(t, tail) AS
  CASE WHEN ip_dotted(tail)
      THEN left(t, length(t) - length(tail))
        || printf('%02x%02x:%02x%02x', ip_byte(tail, 1), ip_byte(tail, 2), ip_byte(tail, 3),
          ip_byte(tail, 4)) END;
CREATE OR REPLACE MACRO ip_text(ip) AS
  CASE WHEN ip LIKE '%:%'
      THEN list_transform([lower(regexp_replace(ip, '%[0-9a-zA-Z]+$', ''))],
        lambda t: CASE WHEN t LIKE '%.%' THEN ip_hex_tail(t, regexp_extract(t, '[^:]*$')) ELSE t END)[1] END;

-- The eight groups of an IPv6 text, zero-padded to four lower-case digits and joined by colons; NULL for
-- others.
CREATE OR REPLACE MACRO ip_group(t, i) AS lpad(split_part(t, ':', i), 4, '0');
CREATE OR REPLACE MACRO ip_colons(t) AS length(t) - length(replace(t, ':', ''));
CREATE OR REPLACE MACRO ip_left_out(t) AS
  8 - ip_colons(t) + CAST(t LIKE '::%' AS INTEGER) + CAST(t LIKE '%::' AS INTEGER);
CREATE OR REPLACE MACRO ip_in_full(t) AS
  CASE WHEN NOT regexp_full_match(t, '[0-9a-f:]{2,39}')
      OR regexp_matches(t, '[0-9a-f]{5}|:::|::.*::|^:[^:]|[^:]:$')
      THEN NULL
    WHEN t LIKE '%::%' AND ip_left_out(t) >= 1
      THEN trim(replace(t, '::', ':' || repeat('0:', CAST(ip_left_out(t) AS INTEGER))), ':')
    WHEN t NOT LIKE '%::%' AND ip_colons(t) = 7 THEN t END;
CREATE OR REPLACE MACRO ip_groups(ip) AS
  list_transform(list_transform([ip_text(ip)], lambda t: ip_in_full(t)),
    lambda t:
      ip_group(t, 1) || ':' || ip_group(t, 2) || ':' || ip_group(t, 3) || ':' || ip_group(t, 4) || ':'
        || ip_group(t, 5) || ':' || ip_group(t, 6) || ':' || ip_group(t, 7) || ':' || ip_group(t, 8))[1];
-- `::ffff:a.b.c.d`, however it is spelt, is the IPv4 address that it maps.
CREATE OR REPLACE MACRO ip_is_mapped(groups) AS groups LIKE '0000:0000:0000:0000:0000:ffff:%';
CREATE OR REPLACE MACRO ip_mapped(groups) AS
  CAST('0x' || substr(groups, 31, 4) || substr(groups, 36, 4) AS BIGINT);
CREATE OR REPLACE MACRO ip_v6(ip) AS
  list_transform([ip_groups(ip)], lambda g: CASE WHEN NOT ip_is_mapped(g) THEN g END)[1];

-- An IPv4 address as a number, NULL for anything else.
CREATE OR REPLACE MACRO ip_v4_number(t) AS
  CASE WHEN ip_dotted(t)
      THEN ip_byte(t, 1) * 16777216 + ip_byte(t, 2) * 65536 + ip_byte(t, 3) * 256 + ip_byte(t, 4) END;
CREATE OR REPLACE MACRO ip_v4(ip) AS
  CASE WHEN ip NOT LIKE '%:%' THEN ip_v4_number(ip)
    ELSE list_transform([ip_groups(ip)], lambda g: CASE WHEN ip_is_mapped(g) THEN ip_mapped(g) END)[1] END;
CREATE OR REPLACE MACRO ip_v4_text(number) AS
  (number // 16777216) || '.' || ((number // 65536) % 256) || '.' || ((number // 256) % 256) || '.'
    || (number % 256);

-- One spelling for each address: dotted IPv4, or IPv6 in full. NULL when it is no address.
CREATE OR REPLACE MACRO ip_canonical(ip) AS
  CASE WHEN ip NOT LIKE '%:%' THEN CASE WHEN ip_dotted(ip) THEN ip END
    ELSE list_transform([ip_groups(ip)],
      lambda g: CASE WHEN ip_is_mapped(g) THEN ip_v4_text(ip_mapped(g)) ELSE g END)[1] END;
-- The network that a household or a server gets: IPv4 /24, IPv6 /48.
CREATE OR REPLACE MACRO ip_block(ip) AS
  coalesce(ip_v4_text(idiv(ip_v4(ip), 256) * 256) || '/24', substr(ip_v6(ip), 1, 14) || '::/48');
-- What one subscriber holds: the IPv4 address itself, the IPv6 /64.
CREATE OR REPLACE MACRO ip_subscriber(ip) AS
  coalesce(ip_v4_text(ip_v4(ip)), substr(ip_v6(ip), 1, 19) || '::/64');
-- Addresses that the public Internet does not route (RFC 1918, 6598, 3927, 5735; 4193, 4291 for IPv6) say
-- nothing.
CREATE OR REPLACE MACRO ip_v4_is_public(n) AS
  NOT (n < 16777216
    OR n BETWEEN 167772160 AND 184549375
    OR n BETWEEN 1681915904 AND 1686110207
    OR n BETWEEN 2130706432 AND 2147483647
    OR n BETWEEN 2851995648 AND 2852061183
    OR n BETWEEN 2886729728 AND 2887778303
    OR n BETWEEN 3232235520 AND 3232301055
    OR n >= 3758096384);
CREATE OR REPLACE MACRO ip_is_public(ip) AS
  coalesce(list_transform([ip_v4(ip)], lambda n: ip_v4_is_public(n))[1],
    substr(ip_v6(ip), 1, 1) IN ('2', '3'), FALSE);

-- Text that stands where a value should: NVML's words for what it cannot read, what people put over a value
-- that they hide, and nothing but one filler character. `printed` is the text, NULL for those.
CREATE OR REPLACE MACRO is_placeholder(x) AS
  regexp_matches(x,
    '(?i)^\s*[\[(<]?(|n/?a|null|undefined|not (available|supported|active|found|permitted)|(unknown|err(or)?!?)( error)?|insufficient permissions|requested functionality has been deprecated|gpu (is lost|requires reset)|no (data|permissions?)|function not found|removed|hidden|masked|scrubbed|censored|anonymi[sz]ed|to be filled by o\.?e\.?m\.?|default string)[\])>]?\s*$|^(0x)?([0\s./:-]+|[x\s./:-]+|[*#\s./:-]+|[?\s./:-]+|[_\s./:-]+)$|x{6}|\*{3}|#{3}|redacted');
CREATE OR REPLACE MACRO printed(x) AS CASE WHEN x IS NULL OR is_placeholder(x) THEN NULL ELSE x END;
-- A virtual card's firmware version is all zeros: a fact about the card, not a placeholder.
CREATE OR REPLACE MACRO vbios_printed(x) AS
  CASE WHEN regexp_full_match(trim(x), '0+(\.0+)+') THEN trim(x) ELSE printed(x) END;

-- A gpu_uuid that is no placeholder: not all one digit, not the 12345678-… of manuals, not three middle
-- groups of zeros as scrubbed captures and counting mocks have (chance in silicon 2^-48). `uuid_canonical`
-- also asks for the form and gives one spelling.
CREATE OR REPLACE MACRO uuid_printed(u) AS
  CASE WHEN u IS NULL OR is_placeholder(u) THEN NULL
    WHEN regexp_matches(u,
      '(?i)^(gpu|mig)-(12345678-|([0-]+|[1-]+|[2-]+|[3-]+|[4-]+|[5-]+|[6-]+|[7-]+|[8-]+|[9-]+|[a-]+|[b-]+|[c-]+|[d-]+|[e-]+|[f-]+|[x*#-]+)$)|-0000-0000-0000-')
      THEN NULL
    ELSE u END;
CREATE OR REPLACE MACRO uuid_canonical(u) AS
  CASE WHEN u IS NULL OR length(u) > 80 THEN NULL
    WHEN regexp_full_match(lower(u), '(gpu|mig)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
      AND uuid_printed(u) IS NOT NULL
      THEN substr(u, 1, 4) || lower(substr(u, 5)) END;
-- A board serial, NULL for placeholders: one repeated digit, digits in counting order, eight zeros in a row.
CREATE OR REPLACE MACRO serial_canonical(s) AS
  CASE WHEN regexp_full_match(s, '\s*[0-9A-Za-z]{6,32}\s*')
      AND NOT regexp_matches(s, '(?i)^\s*(0+|1+|9+|f+|x+|0?123456[0-9]*)\s*$|0{8}|x{6}|redacted')
      THEN upper(trim(s)) END;
-- `vendor:device` in lower case from the two forms that are about, `10de:2684` and nvidia-smi's `0x268410DE`;
-- NULL where either half is zero. Other text stays as it is.
CREATE OR REPLACE MACRO pci_id(x) AS
  CASE WHEN regexp_full_match(x, '(?i)[0-9a-f]{4}:[0-9a-f]{4}')
      THEN CASE WHEN NOT regexp_matches(x, '^0000|0000$') THEN lower(x) END
    WHEN regexp_full_match(x, '(?i)(0x)?[0-9a-f]{8}')
      THEN CASE WHEN NOT regexp_matches(x, '(?i)^(0x)?0000|0000$')
          THEN lower(right(x, 4) || ':' || left(right(x, 8), 4)) END
    ELSE printed(x) END;

-- Scan statistic: nats against k of n events falling by chance into some window that holds the share f of the
-- time that matters. Union bound over the window's first event, n C(n-1, k-1) f^(k-1) (Naus 1965); negative
-- when nothing is odd. Clamped, because the optimiser may compute it for rows that a join then drops (k > n).
CREATE OR REPLACE MACRO scan_nats(n, k, f) AS
  -(ln(greatest(n, 1)) + lgamma(greatest(n, 1)) - lgamma(greatest(k, 1)) - lgamma(greatest(n - k + 1, 1))
    + (k - 1) * ln(greatest(least(f, 1.0), 1e-12)));

-- Time measured in other people's registrations: the share of all others that lies in a window of `span`
-- registrations which holds k of a group's n. At least one's worth, since none is not zero probability.
-- `middle_share`, an aggregate, is that of the middle of a group numbered `i` by registration, a `part`-th at
-- either end not counted, so that a few old or late accounts change nothing.
CREATE OR REPLACE MACRO others_share(span, k, n, everybody) AS
  (greatest(span - (k - 1), 0) + 1.0) / (everybody - n + 1.0);
CREATE OR REPLACE MACRO middle_low(upto, i, n, part) AS min(upto) FILTER (WHERE i > n // part);
CREATE OR REPLACE MACRO middle_high(upto, i, n, part) AS max(upto) FILTER (WHERE i <= n - n // part);
CREATE OR REPLACE MACRO middle_count(n, part) AS n - 2 * (n // part);
CREATE OR REPLACE MACRO middle_share(upto, i, n, part, everybody) AS
  others_share(middle_high(upto, i, n, part) - middle_low(upto, i, n, part), middle_count(n, part), n,
    everybody);

-- Who came first, windowed over the rows of one `team`. `came_first`: nobody of them came earlier, so it
-- could not know who would follow. `came_alone_first`: of those that `hit` it was the earliest and nobody
-- came with it, so it cannot have followed any of them.
CREATE OR REPLACE MACRO came_first(t, team) AS t = min(t) OVER (PARTITION BY team);
CREATE OR REPLACE MACRO came_alone_first(t, hit, team) AS
  hit AND t = min(t) FILTER (WHERE hit) OVER (PARTITION BY team)
    AND count(*) FILTER (WHERE hit) OVER (PARTITION BY team, t) = 1;

-- Sizes of windows to try: `least`, one more, and their doubles. A size between two of them loses little
-- against the smaller one.
CREATE OR REPLACE MACRO window_sizes(least) AS
  list_concat(list_transform(range(8), lambda i: least << i),
    list_transform(range(8), lambda i: (least + 1) << i));

-- One spelling for each wallet, per kind of chain: hexadecimal addresses in lower case (their mixed case is a
-- checksum, EIP-55), bech32 written in capitals in lower case (BIP 173 allows both, never mixed), everything
-- else byte for byte: case is identity in base58. Blanks around it are no part of it. NULL for what pays
-- nobody in particular: blanks, the addresses of zeros and 0x…dead that mints and burns name, Solana's system
-- program (all ones), a word for nothing (`\N` of a database is no wallet that its customers share), and what
-- is no address by its length.
CREATE OR REPLACE MACRO wallet_key(w) AS
  CASE WHEN w IS NULL OR length(w) > 256 OR trim(w) = '' OR ltrim(w, '0xX ') = '' OR ltrim(w, '1 ') = ''
      THEN NULL
    WHEN lower(trim(w)) = '0x000000000000000000000000000000000000dead' THEN NULL
    WHEN length(w) <= 16
      AND regexp_full_match(w, '(?i) *(\\n|null|none|nan|n/?a|<na>|undefined|unknown|-+) *')
      THEN NULL
    WHEN lower(w) = w THEN trim(w)
    WHEN regexp_full_match(w, ' *0[xX][0-9a-fA-F]{1,64} *')
      OR regexp_full_match(w, ' *[A-Z]{1,20}1[02-9AC-HJ-NP-Z]{38,90} *')
      THEN lower(trim(w))
    ELSE trim(w) END;

-- Nats against k or more of n independent events of probability p: Chernoff's bound of the binomial tail, n
-- times the divergence of k/n from p.
CREATE OR REPLACE MACRO chernoff_nats(n, k, p) AS
  CASE WHEN k <= n * p THEN 0.0
    ELSE k * ln(k / (n * greatest(least(p, 0.999999), 1e-12)))
      + (n - k) * ln(greatest((n - k) / (n * (1 - greatest(least(p, 0.999999), 1e-12))), 1e-12)) END;

-- Nats against k or more events where `mean` are expected: Chernoff's bound of the Poisson tail, k ln(k /
-- mean) - k + mean.
CREATE OR REPLACE MACRO poisson_nats(k, mean) AS
  CASE WHEN k <= mean THEN 0.0 ELSE k * ln(k / greatest(mean, 1e-12)) - k + mean END;
-- The same in whole thousandths, by which tokens are ranked: no rounding of floating point decides a tie.
CREATE OR REPLACE MACRO poisson_strength(k, mean) AS CAST(round(1000 * poisson_nats(k, mean)) AS BIGINT);

-- Lengths of time in epoch milliseconds.
CREATE OR REPLACE MACRO second_ms() AS CAST(1000 AS BIGINT);
CREATE OR REPLACE MACRO minute_ms() AS CAST(60000 AS BIGINT);
CREATE OR REPLACE MACRO hour_ms() AS CAST(3600000 AS BIGINT);
CREATE OR REPLACE MACRO day_ms() AS CAST(86400000 AS BIGINT);
CREATE OR REPLACE MACRO week_ms() AS CAST(604800000 AS BIGINT);

-- How far bandwidth lies outside a model's range, in log units, had the whole run been slowed by `slow`
-- (log).
CREATE OR REPLACE MACRO off_balance(bandwidth, low, high, slow) AS
  CASE WHEN bandwidth + slow IS NOT NULL
      THEN greatest(ln(low) + slow - ln(bandwidth), ln(bandwidth) - ln(high) - slow, 0) END;

-- Two runs of which each lay beside the other for half of its time.
CREATE OR REPLACE MACRO ran_together(a_from, a_to, b_from, b_to) AS
  2 * (least(a_to, b_to) - greatest(a_from, b_from)) >= greatest(a_to - a_from, b_to - b_from);

-- A moment as text, to the second, UTC.
CREATE OR REPLACE MACRO utc_text(ms) AS strftime(make_timestamp_ms(ms), '%Y-%m-%dT%H:%M:%SZ');

-- Whom a finding names beside its subject: at most fifty, in order of their ids. `some_of` is the aggregate
-- that keeps one more, so that fifty are left without the subject.
CREATE OR REPLACE MACRO some_of(id) AS (list(DISTINCT id ORDER BY id))[1:51];
CREATE OR REPLACE MACRO others(ids, self) AS list_filter(ids, lambda id: id <> self)[1:50];

-- A card's name as claims are compared: `RTX_4090`, `rtx4090`, `NVIDIA GeForce RTX 4090` and `4090` are all
-- `rtx 4090`. The same steps in the same order as contracts/gpu-spelling.ts; text that names nothing becomes
-- ''.
CREATE OR REPLACE MACRO swap(t, pattern, put) AS regexp_replace(t, pattern, put, 'g');
-- Letters and digits part, a blank stands between tokens, `80G` and `80 GiB` are 80 GB. Only ASCII names a
-- card.
CREATE OR REPLACE MACRO gpu_tokens(t) AS
  swap(swap(swap(swap(swap(swap(swap(lower(left(swap(t, '[^ -~]+', ' '), 200)), '\((?:r|tm)\)', ' '),
              '(^|[^a-z0-9.])([0-9]+)(?: ?gi?b|g)([^a-z0-9.]|$)', '\1\2gb\3'),
            '[^a-z0-9]+', ' '),
          '([a-z])([0-9])', '\1 \2'),
        '([0-9])([a-z])', '\1 \2'),
      '(nvidia|geforce|quadro|tesla|radeon|instinct|rtx|gtx)', ' \1 '),
    ' +', ' ');
-- Makers and words that tell no two cards apart go. Numbers of four digits like 4090 are GeForce’s alone.
-- Apple’s chips go by their letter alone, but a Tesla M4 is another thing.
CREATE OR REPLACE MACRO gpu_words(t) AS
  swap(swap(swap(swap(swap(swap(swap(swap(swap(swap(swap(swap(t, '\bpci (?:e|express)\b', 'pcie'),
                        '\b(?:mobile|notebook)\b', 'laptop'),
                      '\bmaxq\b', 'max q'),
                    '^ ?m ([1-9])( pro| max| ultra)?( [0-9]+ gb)? ?$', 'apple m \1\2\3'),
                  '\b(?:nvidia|corporation|geforce|gpu|graphics)\b', ' '),
                '\b(?:generation|gen|lovelace|edition|founders|gddr(?: [0-9])?(?: x)?)\b', ' '),
              ' +', ' '),
            '^ ?((?:10|16)[5-8]0)\b', 'gtx \1'),
          '^ ?((?:20|30|40|50)[5-9]0)\b', 'rtx \1'),
        '\b(?:amd|ati|radeon|instinct|oam)\b', ' '),
      '\btesla ([^m])', '\1'),
    ' +', ' ');
-- Short forms of sellers, and one order for what boards of one name differ by: form, kind of memory, size.
CREATE OR REPLACE MACRO gpu_forms(t) AS
  swap(swap(swap(swap(swap(swap(swap(swap(swap(swap(t, '^ ?q (rtx|p|gv)\b', 'quadro \1'),
                    '^ ?(?:quadro )?(?:rtx )?a ([0-9]{4})\b', 'a \1'),
                  '^ ?([0-9]{4} (?:sff )?ada)\b', 'rtx \1'),
                '\b((?:rtx|gtx) [0-9]{4}(?: ti)?) s\b', '\1 super'),
              '\b([0-9]{4}) super ti\b', '\1 ti super'),
            '\b(pro [0-9]{4}(?: blackwell)?) w[sk]\b', '\1 workstation'),
          '\b(pro [0-9]{4}(?: blackwell)?) s\b', '\1 server'),
        '\b(hbm [23](?: e)?) ((?:pcie|nvl|sxm [2-6]|sxm))\b', '\2 \1'),
      '\b([0-9]+ gb)((?: (?:pcie|nvl|sxm [2-6]|sxm|hbm [23] e|hbm [23]))+)\b', '\2 \1'),
    ' +', ' ');
CREATE OR REPLACE MACRO gpu_spelling(name) AS swap(gpu_forms(gpu_words(gpu_tokens(name))), '^ | $', '');
