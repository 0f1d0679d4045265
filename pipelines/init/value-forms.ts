/** How the values of a sample are written: what a mapping must say before they can be read. */
import { type ColumnMeta, columnsOf, type TableName } from '../../contracts/dataset.ts';
import type { DraftedColumn, Format } from './draft.ts';
import { type Element, fieldOf } from './fields.ts';
import type { Sample } from './sample.ts';

const ZONELESS = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;
/** `23.04.2024 10:00`, with or without seconds and zone. */
const DOTTED = /^\d{2}\.\d{2}\.\d{4}[T ]\d{2}:\d{2}/;
const DOTTED_ZONELESS = /^[\d.]{10}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;
const COMMA_NUMBER = /^[+-]?\d+,\d+$/;
const NUMBERS: readonly string[] = ['int', 'float', 'decimal'];
/** Digits of a count since 1970 in each unit, for times between 2001 and 2286. */
const UNIT_OF = { 10: 's', 13: 'ms', 16: 'us', 19: 'ns' } as const;

type Column = ColumnMeta & { name: string };

/** Texts of a column in the sample, empty ones left out. */
function texts(elements: readonly Element[], path: string): string[] {
  const values = elements.map((element) => fieldOf(element, path));
  return values
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map(String)
    .filter((text) => text !== '');
}

/** The unit of numbers that stand for times; undefined for anything else or where they differ. */
export function unitOf(values: readonly string[]): 's' | 'ms' | 'us' | 'ns' | undefined {
  const units = values.map((value) => {
    const digits = /^(\d+)(?:\.\d+)?$/.exec(value)?.[1]?.length;
    return digits === undefined ? undefined : UNIT_OF[digits as keyof typeof UNIT_OF];
  });
  return units.length > 0 && units.every((unit) => unit === units[0]) ? units[0] : undefined;
}

/** Completes the columns with the units of their times, and says what the whole table must state. */
export function valueForms(
  table: TableName,
  columns: readonly DraftedColumn[],
  elements: readonly Element[],
  sample: Sample,
): { columns: DraftedColumn[]; format: Format } {
  const kinds = new Map<string, Column>(columnsOf(table).map((column) => [column.name, column]));
  const format: Format = {};
  const tabs = sample.files.some((file) => /\.tsv(\.gz)?$/i.test(file));
  if (sample.form === 'csv' && sample.delimiter !== (tabs ? '\t' : ',')) format.delimiter = sample.delimiter;
  const completed = columns.map((column) => {
    const kind = kinds.get(column.column)!.kind;
    if (column.from === undefined) return column;
    const values = texts(elements, column.from);
    if (NUMBERS.includes(kind) && sample.form === 'csv' && values.some((value) => COMMA_NUMBER.test(value))) {
      format.decimal = ',';
    }
    if (kind !== 'time') return column;
    const dotted = values.filter((value) => DOTTED.test(value));
    if (dotted.length > 0) format.dates = 'DD.MM.YYYY';
    if (
      [
        ...values.filter((value) => ZONELESS.test(value)),
        ...dotted.filter((value) => DOTTED_ZONELESS.test(value)),
      ].length > 0
    )
      format.zone = 'UTC';
    const unit = unitOf(values);
    return unit
      ? { ...column, unit, comment: `unit by the size of the numbers, such as ${values[0]}` }
      : column;
  });
  return { columns: completed, format };
}
