/** The dataset contract as a page for people and as JSON Schema for programs. */
import { z } from 'zod';
import {
  type ColumnMeta,
  columnsOf,
  keysOf,
  NETWORK_TIME,
  SQL_TYPE,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from '../contracts/dataset.ts';
import { code, GENERATED, json, page, table } from './markdown.ts';

function tableSection(name: TableName): string {
  const keys = keysOf(name);
  const clock = NETWORK_TIME[name];
  const rows = columnsOf(name).map((column) => [
    code(column.name),
    column.kind,
    [column.key ? 'key' : '', column.required ? 'required' : ''].filter(Boolean).join(', '),
    [
      column.description,
      column.oneOf ? `one of ${column.oneOf.map(code).join(', ')}` : '',
      column.fallback === undefined ? '' : `empty = ${code(String(column.fallback))}`,
    ]
      .filter(Boolean)
      .join('; '),
  ]);
  return page(
    `## ${name}`,
    [
      keys.length === 0 ? 'No key: every row is kept.' : `Key: ${keys.map(code).join(', ')}.`,
      clock ? `The network's clock is ${code(clock)}.` : '',
    ]
      .filter(Boolean)
      .join(' '),
    table(['column', 'kind', '', 'description'], rows),
  ).trimEnd();
}

function datasetPage(): string {
  return page(
    GENERATED,
    '# Dataset reference',
    'A dataset is a folder. Each table is one file `NAME.parquet` (`.pq`), `NAME.csv`, `NAME.tsv`, `NAME.ndjson` (`.jsonl`) or `NAME.json`, text also `.gz`, in any case, or a folder ' +
      '`NAME/` of such files. Only `accounts` is always required (`listings` alone end in a supply report); a detector whose table or column is absent does not run, and the report says ' +
      'so by name. Foreign column names are mapped by `ghostcard.yaml`: see [dataset-mapping.md](dataset-mapping.md). ' +
      'The same tables as JSON Schema: [dataset.schema.json](dataset.schema.json).',
    'Kinds: `time` is RFC 3339 in CSV and NDJSON, a timestamp in UTC in Parquet; `decimal` keeps six places; an empty field is NULL. ' +
      'A row that repeats a key with the same content counts as duplicate, with other content it is rejected. `labels` is never read by an audit.',
    `Tables: ${TABLE_NAMES.map((name) => `[${name}](#${name})`).join(' · ')}`,
    ...TABLE_NAMES.map(tableSection),
    '## Kinds in DuckDB',
    table(
      ['kind', 'type'],
      Object.entries(SQL_TYPE).map(([kind, type]) => [
        kind,
        kind === 'time' ? `${type}, UTC epoch ms` : type,
      ]),
    ),
  );
}

/**
 * A column as JSON Schema. The metadata of the contract has words of its own (`required`, `oneOf`) that mean
 * something else there, so only type and bounds are taken from zod. Times are text on the way in, whatever
 * they are inside.
 */
function columnSchema(
  { kind, required, description, oneOf, fallback }: ColumnMeta,
  printed: unknown,
): unknown {
  const { type, minimum, maximum, anyOf } = printed as Record<string, unknown>;
  const time = { type: required ? 'string' : ['string', 'null'], format: 'date-time' };
  const value = kind === 'time' ? time : { type, anyOf, minimum, maximum };
  const allowed = oneOf && { enum: required ? oneOf : [...oneOf, null] };
  return { description, ...value, ...allowed, default: fallback };
}

function datasetSchema(): unknown {
  const tables = TABLE_NAMES.map((name) => {
    const printed = z.toJSONSchema(TABLES[name], { io: 'input' }) as { properties: Record<string, unknown> };
    const columns = columnsOf(name);
    const properties = columns.map((column) => [
      column.name,
      columnSchema(column, printed.properties[column.name]),
    ]);
    const required = columns.filter((column) => column.required).map((column) => column.name);
    return [name, { type: 'object', properties: Object.fromEntries(properties), required }];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'ghostcard dataset, version 1: a row of each table as NDJSON carries it',
    $defs: Object.fromEntries(tables),
  };
}

/** Path → content of every generated file about datasets. */
export function datasetFiles(): Map<string, string> {
  return new Map([
    ['docs/dataset.md', datasetPage()],
    ['docs/dataset.schema.json', json(datasetSchema())],
  ]);
}
