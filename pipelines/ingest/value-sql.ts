/** Values of text, column by column: the same grammar as values.ts, as SQL over a VARCHAR. */
import { SQL_TYPE } from '../../contracts/dataset.ts';
import { literal } from '../warehouse/sql-text.ts';
import { ANY_TIME, BLANKS, DOTTED_BEGINNINGS, IN_TEXT, type ValueRule, ZONED_TIME } from './value-rule.ts';

const LARGEST_EXACT = Number.MAX_SAFE_INTEGER;
/** Whole digits that DECIMAL(38,6) holds, less one for rounding. */
const DECIMAL_BOUND = `CAST('1e31' AS DECIMAL(38,6))`;

/** Words for nothing that most exports use; all of them are in the rules of numbers. */
const COMMON_WORDS = [
  '[N/A]',
  'N/A',
  String.raw`\N`,
  'NULL',
  'null',
  'None',
  'nan',
  'NaN',
  '[Not Supported]',
];

/** Times of ordinary hours since 1970, without their zone. */
const PLAIN_TIME =
  '(19[7-9]|[2-9][0-9]{2})[0-9]-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?';

const trimmed = (x: string) => `trim(${x}, ${literal(BLANKS)})`;

const TEXT_WORDS = [String.raw`\N`, String.raw`\n`];
const IS_COMMON_WORD = `IN (${COMMON_WORDS.map(literal).join(', ')})`;

/** A text that `nothing`, `nulls` or emptiness declares to be no value, as SQL; NULL for NULL. */
export function nothingSql({ kind, nothing, nulls }: ValueRule, x: string): string {
  const text = kind === 'text' ? x : trimmed(x);
  const words = nulls.length > 0 ? [`${x} IN (${nulls.map(literal).join(', ')})`] : [];
  // As many bytes as characters: ASCII.
  const match = `strlen(${text}) <= 80 AND strlen(${text}) = length(${text})
    AND regexp_full_match(lower(${text}), ${literal(nothing ?? '')})`;
  // Cases, not OR, which DuckDB may evaluate in full: a look at bounds or at common words spares most values
  // the pattern.
  if (kind === 'text') {
    const none = ['', ...(nothing === undefined ? [] : TEXT_WORDS), ...nulls].map(literal);
    const isNone = `${x} IN (${none.join(', ')})`;
    if (nothing === undefined || nothing === IN_TEXT) return `(${isNone})`;
    return `CASE WHEN ${isNone} THEN TRUE WHEN ${x} >= '[' AND ${x} < '\\' THEN ${match} ELSE FALSE END`;
  }
  const common = nothing === undefined ? [] : [`${x} ${IS_COMMON_WORD}`];
  const otherwise = nothing === undefined ? `${text} = ''` : `${text} = '' OR (${match})`;
  const known = [...common, ...words];
  return known.length > 0
    ? `CASE WHEN ${known.join(' OR ')} THEN TRUE ELSE ${otherwise} END`
    : `(${otherwise})`;
}

/**
 * A number with an exponent written out without it: DuckDB's cast to DECIMAL makes 0.000001 of 5e-70 and
 * nothing of long mantissas. Points further than any decimal reaches give 0 or NULL.
 */
function shiftedSql(number: string): string {
  const parts = `regexp_extract(${number}, '^([+-]?)0*([0-9]*)[.]?([0-9]*)[eE]([+-]?[0-9]+)$', ['sign', 'whole', 'part', 'shift'])`;
  return `list_transform([${parts}], lambda p: list_transform(
      [{digits: p.whole || p.part, point: TRY_CAST(length(p.whole) + TRY_CAST(p.shift AS BIGINT) AS INTEGER)}], lambda d: CASE
        WHEN d.digits = '' OR d.point < -8 OR (d.point IS NULL AND left(p.shift, 1) = '-') THEN '0'
        WHEN d.point IS NULL OR d.point > 1000 THEN CASE WHEN regexp_full_match(d.digits, '0+') THEN '0' END
        WHEN d.point <= 0 THEN p.sign || '0.' || repeat('0', -d.point) || d.digits
        ELSE p.sign || left(rpad(d.digits, d.point, '0'), d.point) || '.' || substr(d.digits, d.point + 1) END)[1])[1]`;
}

function numberSql({ kind, number, comma }: ValueRule, text: string): string {
  const found = `regexp_extract(${text}, ${literal(`^${number}$`)}, 1)`;
  const real = 'TRY_CAST(n AS DOUBLE)';
  let value = `CASE WHEN isfinite(${real}) THEN ${real} END`;
  if (kind === 'decimal') {
    const plain = `CASE WHEN regexp_matches(n, '[eE]') THEN ${shiftedSql('n')} ELSE n END`;
    value = `list_transform([TRY_CAST(${plain} AS DECIMAL(38,6))], lambda d: CASE WHEN abs(d) < ${DECIMAL_BOUND} THEN d END)[1]`;
  } else if (kind === 'int') {
    value = `CASE WHEN regexp_full_match(n, '[+-]?[0-9]+') THEN TRY_CAST(n AS BIGINT)
      WHEN ${real} = trunc(${real}) AND abs(${real}) <= ${LARGEST_EXACT} THEN CAST(${real} AS BIGINT) END`;
  }
  return `list_transform([${comma ? `replace(${found}, ',', '.')` : found}], lambda n: ${value})[1]`;
}

/** By fixed places of the text, since DuckDB's own casts take more forms than the contract and drop zones. */
function timeSql({ utc }: ValueRule, text: string): string {
  const part = (start: number, length: number) => `TRY_CAST(substr(${text}, ${start}, ${length}) AS BIGINT)`;
  const rest = `substr(${text}, 20)`;
  const milliseconds = `CASE WHEN left(${rest}, 1) = '.' AND ${part(18, 2)} < 60
    THEN TRY_CAST(left(regexp_extract(${rest}, '[0-9]+') || '000', 3) AS BIGINT) ELSE 0 END`;
  const sign = `greatest(strpos(${rest}, '+'), strpos(${rest}, '-'))`;
  const zone = `substr(${rest}, ${sign})`;
  const offset = `CASE WHEN ${sign} > 0 THEN (CASE WHEN left(${zone}, 1) = '-' THEN -60000 ELSE 60000 END)
    * (TRY_CAST(substr(${zone}, 2, 2) AS BIGINT) * 60
      + CASE WHEN length(${zone}) > 3 THEN TRY_CAST(right(${zone}, 2) AS BIGINT) ELSE 0 END) ELSE 0 END`;
  return `CASE WHEN length(${text}) <= 40 AND regexp_full_match(${text}, ${literal(utc ? ANY_TIME : ZONED_TIME)})
    THEN epoch_ms(TRY_CAST(substr(${text}, 1, 10) AS DATE)) + ${part(12, 2)} * 3600000 + ${part(15, 2)} * 60000
      + ${part(18, 2)} * 1000 + ${milliseconds} - (${offset}) END`;
}

/** As `timeSql`, of texts in which days may be written DD.MM.YYYY. */
function dottedSql(rule: ValueRule, text: string): string {
  const [seconds, none] = DOTTED_BEGINNINGS.map(literal);
  const turned = `regexp_replace(regexp_replace(${text}, ${seconds}, '\\3-\\2-\\1\\4'), ${none}, '\\3-\\2-\\1\\4:00')`;
  return `list_transform([${turned}], lambda t: ${timeSql(rule, 't')})[1]`;
}

/**
 * Plain forms that DuckDB's casts read as the grammar does, and the cast: most values are one, at a third of
 * the cost.
 */
function plainSql({ kind, unit, comma, utc }: ValueRule, x: string): string[] {
  const when = (pattern: string, value: string) =>
    `WHEN regexp_full_match(${x}, ${literal(pattern)}) THEN ${value}`;
  if (kind === 'time') {
    const at = (text: string) => `epoch_ms(TRY_CAST(${text} AS TIMESTAMPTZ))`;
    return [
      when(`${PLAIN_TIME}(Z|[+-][01][0-9](:[0-5][0-9])?)`, at(x)),
      when(`${PLAIN_TIME} UTC`, at(`replace(${x}, ' UTC', 'Z')`)),
      ...(utc ? [when(PLAIN_TIME, at(`${x} || 'Z'`))] : []),
    ];
  }
  if (kind === 'int') return [when('-?[0-9]{1,18}', `CAST(${x} AS BIGINT)`)];
  if (kind !== 'float' || comma) return [];
  const number = '-?[0-9]{1,18}([.][0-9]+)?';
  const plain = when(number, `CAST(${x} AS DOUBLE)`);
  if (unit === undefined) return [plain];
  return [plain, when(`${number} (?:${unit})`, `CAST(left(${x}, strpos(${x}, ' ') - 1) AS DOUBLE)`)];
}

/**
 * The value of a text as SQL, in the type of the rule's kind; NULL where nothing stands and where it cannot
 * be read. No text makes it fail.
 */
export function textSql(rule: ValueRule, x: string): string {
  const { kind, nothing, nulls } = rule;
  if (kind === 'text') return `CASE WHEN ${nothingSql(rule, x)} THEN NULL ELSE ${x} END`;
  const text = trimmed(x);
  const words = [
    ...(nulls.length > 0 ? [`WHEN ${x} IN (${nulls.map(literal).join(', ')}) THEN NULL`] : []),
    ...(nothing === undefined ? [] : [`WHEN ${x} ${IS_COMMON_WORD} THEN NULL`]),
  ];
  const read =
    kind === 'boolean'
      ? `CASE WHEN lower(${text}) IN ('true', 't') THEN TRUE WHEN lower(${text}) IN ('false', 'f') THEN FALSE END`
      : kind === 'time'
        ? (rule.dotted ? dottedSql : timeSql)(rule, text)
        : numberSql(rule, text);
  // A word of the mapping's `nulls` may be a number: it comes first.
  const [first, then] = nulls.length > 0 ? [words, plainSql(rule, x)] : [plainSql(rule, x), words];
  const cases = [...first, ...then].join(' ');
  return `CAST(${cases === '' ? read : `CASE ${cases} ELSE ${read} END`} AS ${SQL_TYPE[kind]})`;
}

/** True in SQL where a value stands in `x` that `value` (`textSql` of it) could not read. */
export function unreadableSql(rule: ValueRule, x: string, value: string): string {
  return `CASE WHEN ${value} IS NULL THEN ${x} IS NOT NULL AND NOT (${nothingSql(rule, x)}) ELSE FALSE END`;
}
