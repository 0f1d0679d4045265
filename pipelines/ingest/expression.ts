/** The value of a contract column as SQL over a part: type, unit, mapping, range, words, fallback. */
import { SQL_TYPE } from '../../contracts/dataset.ts';
import type { PlannedColumn } from './plan.ts';
import { rangeOf } from './ranges.ts';
import type { PartColumn } from './source.ts';
import { identifier, literal } from './sql-text.ts';

export interface ColumnSql {
  name: string;
  required: boolean;
  /** Contract value before it is judged: NULL for an empty field or a number that the type cannot hold. */
  typed: string;
  /** `typed`, with NULL for what is out of range or not one of the allowed words, and the contract's fallback. */
  value: string;
  /** True in SQL when a value stands there that `value` drops; undefined when that cannot happen. */
  nonsense: string | undefined;
  /** True in SQL when nothing stands there. */
  absent: string;
  /** R_RANGE or R_WORD and what was expected, for a required column. */
  refusal: { code: 'R_RANGE' | 'R_WORD'; expected: string };
}

/** The value of a column that a file does not have. */
export function absentValue({ meta }: PlannedColumn): string {
  return withFallback('NULL', meta);
}

function withFallback(value: string, { kind, fallback }: PlannedColumn['meta']): string {
  const type = SQL_TYPE[kind];
  if (fallback === undefined) return value === 'NULL' ? `CAST(NULL AS ${type})` : value;
  const constant = typeof fallback === 'number' ? String(fallback) : literal(fallback);
  return value === 'NULL'
    ? `CAST(${constant} AS ${type})`
    : `coalesce(${value}, CAST(${constant} AS ${type}))`;
}

function timeValue(x: string, type: string, unit: 's' | 'ms' | 'us' | 'ns' | undefined): string {
  if (unit === undefined) {
    if (type === 'BIGINT') return x; // a spool column: epoch ms already
    return `epoch_ms(${type === 'TIMESTAMP_NS' ? `CAST(${x} AS TIMESTAMP)` : x})`; // NULL for infinity
  }
  if (unit === 'us' || unit === 'ns')
    return `TRY_CAST(${x} AS BIGINT) // ${unit === 'us' ? 1_000 : 1_000_000}`;
  // Binary fractions of a second fall just short of a millisecond: cut after rounding to a microsecond.
  return `TRY_CAST(floor(round(CAST(${x} AS DOUBLE) * ${unit === 's' ? 1000 : 1}, 3)) AS BIGINT)`;
}

/** How SQL reads the value of a part's column before it is judged. */
export function readsAs({ source, sql }: PartColumn): string {
  return sql ?? identifier(source);
}

function typedValue(planned: PlannedColumn, part: PartColumn): string {
  const { type } = part;
  const x = readsAs(part);
  const { meta, mapping } = planned;
  if (mapping?.words) {
    const cases = [...mapping.words]
      .map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`)
      .join(' ');
    const word = `CASE ${x} ${cases} ELSE nullif(${x}, '') END`;
    if (meta.kind === 'text') return word;
    return `CASE lower(${word}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END`;
  }
  const scale = mapping?.scale === undefined ? '' : ` * CAST(${mapping.scale} AS DOUBLE)`;
  switch (meta.kind) {
    case 'text':
      return `nullif(${x}, '')`;
    case 'boolean':
      return x;
    case 'time':
      return timeValue(x, type, mapping?.unit);
    case 'float':
      return scale ? `CAST(${x} AS DOUBLE)${scale}` : type === 'DOUBLE' ? x : `CAST(${x} AS DOUBLE)`;
    case 'decimal':
      if (scale) return `TRY_CAST(CAST(${x} AS DOUBLE)${scale} AS DECIMAL(38,6))`;
      return type === 'DECIMAL(38,6)' ? x : `TRY_CAST(${x} AS DECIMAL(38,6))`;
    case 'int':
      if (scale) return `TRY_CAST(round(CAST(${x} AS DOUBLE)${scale}) AS BIGINT)`;
      if (type === 'BIGINT') return x;
      if (/^U?(?:TINYINT|SMALLINT|INTEGER)$/.test(type)) return `CAST(${x} AS BIGINT)`;
      // Writers store a whole-number column with gaps as floating point.
      return `CASE WHEN ${x} = trunc(${x}) THEN TRY_CAST(${x} AS BIGINT) END`;
  }
}

export function columnSql(planned: PlannedColumn, part: PartColumn): ColumnSql {
  const { meta } = planned;
  const typed = typedValue(planned, part);
  const x = readsAs(part);
  const absent = part.type === 'VARCHAR' ? `(${x} IS NULL OR ${x} = '')` : `(${x} IS NULL)`;
  const range = rangeOf(meta.name, meta.kind);
  let judged = typed;
  if (range) judged = `CASE WHEN ${typed} BETWEEN ${range.low} AND ${range.high} THEN ${typed} END`;
  if (meta.oneOf) judged = `CASE WHEN ${typed} IN (${meta.oneOf.map(literal).join(', ')}) THEN ${typed} END`;
  // A plain number is NULL only where the field is empty; one comparison then tells all, for NaN as well.
  const isPlainNumber = range !== undefined && (typed === x || typed === `CAST(${x} AS BIGINT)`);
  const drops = isPlainNumber
    ? `(${typed} NOT BETWEEN ${range.low} AND ${range.high})`
    : `(NOT ${absent} AND (${judged}) IS NULL)`;
  const isPlainText = meta.kind === 'text' && !meta.oneOf;
  const isPlainBoolean = meta.kind === 'boolean' && !planned.mapping?.words;
  return {
    name: meta.name,
    required: meta.required,
    typed: withFallback(typed, meta),
    value: withFallback(judged, meta),
    nonsense: isPlainText || isPlainBoolean ? undefined : drops,
    absent,
    refusal: meta.oneOf
      ? { code: 'R_WORD', expected: meta.oneOf.join(', ') }
      : { code: 'R_RANGE', expected: range ? `${range.low} to ${range.high}` : meta.kind },
  };
}

/**
 * Why a row is refused, as SQL: `CODE column` of its first required column that is empty or senseless, else NULL.
 * Without such columns it is the constant NULL.
 */
export function faultSql(columns: readonly ColumnSql[]): string {
  const cases = columns
    .filter(({ required }) => required)
    .flatMap(({ name, absent, nonsense, refusal }) => [
      `WHEN ${absent} THEN ${literal(`R_REQUIRED ${name}`)}`,
      ...(nonsense ? [`WHEN ${nonsense} THEN ${literal(`${refusal.code} ${name}`)}`] : []),
    ]);
  return cases.length > 0 ? `CASE ${cases.join(' ')} END` : 'CAST(NULL AS VARCHAR)';
}
