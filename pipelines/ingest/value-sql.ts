/** Values of text, column by column: the same grammar as values.ts, as SQL over a VARCHAR. */
import { SQL_TYPE } from '../../contracts/dataset.ts';
import { literal } from './sql-text.ts';
import { ANY_TIME, BLANKS, type ValueRule, ZONED_TIME } from './value-rule.ts';

const LARGEST_EXACT = Number.MAX_SAFE_INTEGER;
/** Whole digits that DECIMAL(38,6) holds, less one for rounding. */
const DECIMAL_BOUND = `CAST('1e31' AS DECIMAL(38,6))`;

const trimmed = (x: string) => `trim(${x}, ${literal(BLANKS)})`;

/** A text that `nothing`, `nulls` or emptiness declares to be no value, as SQL; NULL for NULL. */
export function nothingSql({ kind, nothing, nulls }: ValueRule, x: string): string {
  const text = kind === 'text' ? x : trimmed(x);
  const conditions = [`${text} = ''`];
  if (nulls.length > 0) conditions.push(`${x} IN (${nulls.map(literal).join(', ')})`);
  if (nothing === String.raw`\\N`) conditions.push(String.raw`${x} IN ('\N', '\n')`);
  else if (nothing !== undefined) {
    // Text that nvidia-smi fills is rarely one of its words: a look at the first byte spares the pattern.
    const first = kind === 'text' ? String.raw`left(${x}, 1) IN ('[', '\') AND ` : '';
    conditions.push(
      `(${first}length(${text}) <= 80 AND regexp_full_match(${text}, ${literal(`(?i)(?:${nothing})`)}))`,
    );
  }
  return `(${conditions.join(' OR ')})`;
}

function numberSql({ kind, number, comma }: ValueRule, text: string): string {
  const found = `regexp_extract(${text}, ${literal(`^${number}$`)}, 1)`;
  const plain = comma ? `replace(${found}, ',', '.')` : found;
  const real = `TRY_CAST(${plain} AS DOUBLE)`;
  if (kind === 'float') return `CASE WHEN isfinite(${real}) THEN ${real} END`;
  if (kind === 'decimal') {
    const exact = `TRY_CAST(${plain} AS DECIMAL(38,6))`;
    // DuckDB takes no exponent of five digits, not even where the value is zero.
    return `CASE WHEN abs(${exact}) < ${DECIMAL_BOUND} THEN ${exact} WHEN ${exact} IS NULL AND abs(${real}) < 1e-7 THEN 0 END`;
  }
  return `CASE WHEN regexp_full_match(${plain}, '[+-]?[0-9]+') THEN TRY_CAST(${plain} AS BIGINT)
    WHEN ${real} = trunc(${real}) AND abs(${real}) <= ${LARGEST_EXACT} THEN CAST(${real} AS BIGINT) END`;
}

/** By fixed places of the text, since DuckDB's own casts take more forms than the contract and drop zones. */
function timeSql({ utc }: ValueRule, text: string): string {
  const part = (start: number, length: number) => `TRY_CAST(substr(${text}, ${start}, ${length}) AS BIGINT)`;
  const zone = `regexp_extract(${text}, '([+-])([0-9]{2}):?([0-9]{2})?$', ['sign', 'hour', 'minute'])`;
  const rest = `substr(${text}, 20)`;
  const fraction = `regexp_extract(${rest}, '^[.]([0-9]{1,9})', 1)`;
  const milliseconds = `CASE WHEN left(${rest}, 1) = '.' AND ${part(18, 2)} < 60
    THEN TRY_CAST(left(${fraction} || '000', 3) AS BIGINT) ELSE 0 END`;
  const offset = `CASE WHEN regexp_matches(${rest}, '[+-]') THEN
    (CASE WHEN contains(${rest}, '-') THEN -60000 ELSE 60000 END)
    * (TRY_CAST((${zone}).hour AS BIGINT) * 60 + coalesce(TRY_CAST(nullif((${zone}).minute, '') AS BIGINT), 0)) ELSE 0 END`;
  return `CASE WHEN length(${text}) <= 40 AND regexp_full_match(${text}, ${literal(utc ? ANY_TIME : ZONED_TIME)})
    AND NOT (${part(12, 2)} = 24 AND regexp_matches(${fraction}, '[1-9]'))
    THEN epoch_ms(TRY_CAST(substr(${text}, 1, 10) AS DATE)) + ${part(12, 2)} * 3600000 + ${part(15, 2)} * 60000
      + ${part(18, 2)} * 1000 + ${milliseconds} - (${offset}) END`;
}

/**
 * The value of a text as SQL, in the type of the rule's kind; NULL where nothing stands and where it cannot be read.
 * No text makes it fail.
 */
export function textSql(rule: ValueRule, x: string): string {
  const { kind, nulls } = rule;
  if (kind === 'text') return `CASE WHEN NOT ${nothingSql(rule, x)} THEN ${x} END`;
  const text = trimmed(x);
  const isNull = nulls.length > 0 ? `WHEN ${x} IN (${nulls.map(literal).join(', ')}) THEN NULL ` : '';
  const valued = (value: string) => (isNull ? `CASE ${isNull}ELSE ${value} END` : value);
  if (kind === 'boolean') {
    return valued(
      `CASE WHEN lower(${text}) IN ('true', 't') THEN TRUE WHEN lower(${text}) IN ('false', 'f') THEN FALSE END`,
    );
  }
  return valued(
    `CAST(${kind === 'time' ? timeSql(rule, text) : numberSql(rule, text)} AS ${SQL_TYPE[kind]})`,
  );
}

/** True in SQL where a value stands in `x` that `value` (`textSql` of it) could not read. */
export function unreadableSql(rule: ValueRule, x: string, value: string): string {
  return `(${value} IS NULL AND ${x} IS NOT NULL AND NOT ${nothingSql(rule, x)})`;
}
