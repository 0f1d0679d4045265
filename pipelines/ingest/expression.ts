/** The value of a contract column as SQL over a part: type, unit, mapping, range, words, fallback. */
import { SQL_TYPE } from '../../contracts/dataset.ts';
import type { RejectCode } from '../../contracts/errors.ts';
import { identifier, literal } from '../warehouse/sql-text.ts';
import type { ColumnMapping, PlannedColumn } from './mapped.ts';
import { type Range, rangeOf } from './ranges.ts';
import type { PartColumn } from './source.ts';
import { rejects, ruleOf } from './value-rule.ts';
import { nothingSql, textSql } from './value-sql.ts';

export interface ColumnSql {
  name: string;
  required: boolean;
  /** True when a value that cannot be read rejects the row. */
  rejects: boolean;
  /** Contract value before it is judged: NULL for an empty field or a number that the type cannot hold. */
  typed: string;
  /** `typed`, with NULL for what is out of range or not one of the allowed words. */
  judged: string;
  /** `judged`, with the contract's fallback: the value that is loaded. */
  value: string;
  /** True in SQL when a value stands there that `value` drops; undefined when that cannot happen. */
  nonsense: string | undefined;
  /** True in SQL when nothing stands there. */
  absent: string;
  /** What refuses a row whose value is nonsense, and what was expected. */
  refusal: { code: RejectCode; expected: string };
}

/** The value of a column that a file does not have. */
export function absentValue({ meta }: PlannedColumn): string {
  return withFallback('NULL', meta);
}

/** The value of a column that is loaded: what the contract names where `value` is NULL. */
export function withFallback(value: string, { kind, fallback }: PlannedColumn['meta']): string {
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

/** How SQL reads the value of a part's column before anything is made of it. */
export function readsAs({ source, sql }: PartColumn): string {
  return sql ?? identifier(source);
}

/** The text of a raw column after the mapping's words. */
function wordedText({ mapping }: PlannedColumn, part: PartColumn): string {
  const x = part.type === 'VARCHAR' ? readsAs(part) : `CAST(${readsAs(part)} AS VARCHAR)`;
  if (!mapping?.words) return x;
  const cases = [...mapping.words].map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`);
  return cases.length > 0 ? `(CASE ${x} ${cases.join(' ')} ELSE ${x} END)` : x;
}

function typedValue(planned: PlannedColumn, x: string, type: string): string {
  const { meta, mapping } = planned;
  const scale = mapping?.scale === undefined ? '' : ` * CAST(${mapping.scale} AS DOUBLE)`;
  switch (meta.kind) {
    case 'text':
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

/** Words of the mapping's `nulls` that are plain numbers. */
export function numericNulls(mapping: ColumnMapping | undefined): string[] {
  return (mapping?.nulls ?? []).filter((word) => /^[+-]?[0-9]{1,15}(?:[.][0-9]{1,6})?$/.test(word));
}

/** What a column of a part says before units and scales, when nothing does, and what it is. */
function readText(planned: PlannedColumn, part: PartColumn) {
  if (part.raw) {
    const rule = ruleOf(planned);
    const text = wordedText(planned, part);
    const absent = `(${text} IS NULL OR ${nothingSql(rule, text)})`;
    return { x: textSql(rule, text), type: SQL_TYPE[rule.kind], absent };
  }
  const x = readsAs(part);
  if (part.type === 'VARCHAR')
    return { x: `nullif(${x}, '')`, type: 'VARCHAR', absent: `(${x} IS NULL OR ${x} = '')` };
  if (part.sentinels) {
    const value = `CASE WHEN ${x} NOT IN (${numericNulls(planned.mapping).join(', ')}) THEN ${x} END`;
    return { x: `(${value})`, type: part.type, absent: `(${value} IS NULL)` };
  }
  // pandas and numpy write NaN for no value.
  const absent = isReal(part.type) ? `(${x} IS NULL OR isnan(${x}))` : `(${x} IS NULL)`;
  return { x, type: part.type, absent };
}

const isReal = (type: string) => type === 'DOUBLE' || type === 'FLOAT';

function refusalOf(
  { meta }: PlannedColumn,
  part: PartColumn,
  range: Range | undefined,
): ColumnSql['refusal'] {
  if (meta.oneOf) return { code: 'R_WORD', expected: meta.oneOf.join(', ') };
  if (part.raw && meta.kind === 'time') {
    return {
      code: 'R_TIME',
      expected: "a time with its zone, or zone: UTC, dates: 'DD.MM.YYYY' or its unit in ghostcard.yaml",
    };
  }
  if (part.raw && meta.kind === 'boolean') return { code: 'R_TYPE', expected: 'true or false' };
  return { code: 'R_RANGE', expected: range ? `${range.low} to ${range.high}` : meta.kind };
}

export function columnSql(planned: PlannedColumn, part: PartColumn): ColumnSql {
  const { meta } = planned;
  const { x, type, absent } = readText(planned, part);
  const typed = typedValue(planned, x, type);
  const range = rangeOf(meta.name, meta.kind);
  let judged = typed;
  if (range) judged = `CASE WHEN ${typed} BETWEEN ${range.low} AND ${range.high} THEN ${typed} END`;
  if (meta.oneOf) judged = `CASE WHEN ${typed} IN (${meta.oneOf.map(literal).join(', ')}) THEN ${typed} END`;
  const isPlain = !part.raw && !meta.oneOf && (meta.kind === 'text' || meta.kind === 'boolean');
  return {
    name: meta.name,
    required: meta.required,
    rejects: rejects(meta),
    typed,
    judged,
    value: withFallback(judged, meta),
    nonsense:
      isPlain || (meta.kind === 'text' && !meta.oneOf)
        ? undefined
        : `(NOT ${absent} AND (${judged}) IS NULL)`,
    absent,
    refusal: refusalOf(planned, part, range),
  };
}

/**
 * Why a row is refused, as SQL: `CODE column` of its first column that is required and empty, or senseless
 * where that rejects the row, else NULL. Without such columns it is the constant NULL.
 */
export function faultSql(columns: readonly ColumnSql[]): string {
  const cases = columns.flatMap(({ name, required, rejects: isStrict, absent, nonsense, refusal }) => [
    ...(required ? [`WHEN ${absent} THEN ${literal(`R_REQUIRED ${name}`)}`] : []),
    ...(isStrict && nonsense ? [`WHEN ${nonsense} THEN ${literal(`${refusal.code} ${name}`)}`] : []),
  ]);
  return cases.length > 0 ? `CASE ${cases.join(' ')} END` : 'CAST(NULL AS VARCHAR)';
}
