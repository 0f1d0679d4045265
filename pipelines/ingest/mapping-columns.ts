/**
 * The columns of a mapping, checked against the contract: which name, unit, words or constant each may have.
 */
import {
  type ColumnMeta,
  columnsOf,
  LARGE_TABLES,
  NETWORK_TIME,
  type TableName,
} from '../../contracts/dataset.ts';
import type { ColumnMapping } from './mapped.ts';
import type { ColumnSpec, TableSpec } from './mapping-schema.ts';
import { rangeOf } from './ranges.ts';
import { IDENTITIES, ruleOf } from './value-rule.ts';
import { parseValue } from './values.ts';

/** Why a column's mapping is refused: E_MAPPING at its line. */
export interface ColumnFault {
  expected: string;
  got: string;
}

type Column = ColumnMeta & { name: string };

const NUMBERS: readonly string[] = ['int', 'float', 'decimal'];

/** Whether the words for nothing of a whole table or dataset hold in a column. */
export function takesNulls({ name, key }: Column): boolean {
  return !key && !IDENTITIES.has(name);
}

/**
 * A constant as canonical text. Text must stand in quotes: YAML would read `0x12` as 18 and `1.10` as 1.1.
 *
 * @returns the text, or why it cannot stand for a value of the column
 */
function constantText(column: Column, value: string | number | boolean): { text: string } | ColumnFault {
  const { kind, name, oneOf } = column;
  if (kind === 'text' && typeof value !== 'string')
    return { expected: 'a text in quotes', got: `${name}: ${value}` };
  const rule = ruleOf({
    meta: column,
    origin: 'fixed',
    source: '',
    named: true,
    parse: kind,
    mapping: undefined,
  });
  const parsed = parseValue(rule, String(value));
  if (!parsed.ok) return { expected: parsed.expected, got: `${name}: ${value}` };
  const { text } = parsed;
  if (text === null) return { expected: 'a value', got: `${name}: ${JSON.stringify(value)}` };
  const range = rangeOf(name, kind);
  if (range && !(Number(text) >= range.low && Number(text) <= range.high))
    return { expected: `${range.low} to ${range.high}`, got: `${name}: ${value}` };
  if (oneOf && !oneOf.includes(text)) return { expected: oneOf.join(', '), got: `${name}: ${value}` };
  return { text };
}

/** Columns whose value must come from each row's own record. */
function mustBeOwn(table: TableName, { name, unknownAllowed }: Column): boolean {
  return unknownAllowed === true || (LARGE_TABLES.has(table) && NETWORK_TIME[table] === name);
}

/** The mapping of one column of a table, or why it cannot be. */
export function columnMapping(
  table: TableName,
  column: Column,
  spec: ColumnSpec,
  hasRows: boolean,
): ColumnMapping | ColumnFault {
  if (typeof spec === 'string') return columnMapping(table, column, { from: spec }, hasRows);
  const { name, kind } = column;
  const { from, constant, partition, unit, scale, words, nulls } = spec;
  const sources = [from, constant, partition].filter((source) => source !== undefined);
  if (sources.length !== 1)
    return { expected: 'one of from, constant, partition', got: `${sources.length} of them on ${name}` };
  if (from === undefined) {
    const own =
      'a value of each row itself, or no such column: neither a constant nor an export stands for it';
    if (mustBeOwn(table, column)) return { expected: own, got: name };
    if (unit !== undefined || scale !== undefined || words || nulls)
      return { expected: 'constant or partition alone', got: `more keys on ${name}` };
    if (partition !== undefined) return { from: '', partition };
    const fixed = constantText(column, constant!);
    return 'text' in fixed ? { from: '', constant: fixed.text } : fixed;
  }
  if (from.startsWith('^.') && !hasRows)
    return { expected: `rows on the table, whose parent ${from} names`, got: `${name} without it` };
  if (unit && kind !== 'time') return { expected: 'unit on a time column', got: `${name} is ${kind}` };
  if (scale !== undefined && !NUMBERS.includes(kind))
    return { expected: 'scale on a number', got: `${name} is ${kind}` };
  if (words && kind === 'time')
    return { expected: 'words on text, boolean or number', got: `${name} is ${kind}` };
  if (words && scale !== undefined) return { expected: 'words or scale', got: `both on ${name}` };
  if (nulls && column.key) return { expected: 'nulls on a column that is no key', got: name };
  return {
    from,
    ...(unit && unit !== 'rfc3339' ? { unit } : {}),
    ...(scale === undefined ? {} : { scale }),
    ...(words ? { words: new Map(Object.entries(words).map(([word, to]) => [word, String(to)])) } : {}),
    ...(nulls ? { nulls: nulls.map(String) } : {}),
  };
}

/** The required columns that a table read by its named columns alone does not name. */
export function unnamed(table: TableName, spec: TableSpec): string[] {
  return columnsOf(table)
    .filter(({ name, required }) => required && spec.columns?.[name] === undefined)
    .map(({ name }) => name);
}
