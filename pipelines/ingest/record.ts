/** The facts of an ingest as tables of the warehouse, for publish, rollup and whoever looks into it. */
import type { TableName } from '../../contracts/dataset.ts';
import { appendRows } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Day } from './inspect.ts';
import type { IngestReport } from './report.ts';

const DDL = `
CREATE OR REPLACE TABLE loaded.dataset (sealed BOOLEAN, newest_at BIGINT, mapping_sha256 VARCHAR);
CREATE OR REPLACE TABLE loaded.file
  (file VARCHAR, table_name VARCHAR, form VARCHAR, bytes BIGINT, sha256 VARCHAR,
   rows_in BIGINT, loaded BIGINT, duplicate BIGINT, rejected BIGINT);
CREATE OR REPLACE TABLE loaded.present (table_name VARCHAR, column_name VARCHAR);
CREATE OR REPLACE TABLE loaded.extra (file VARCHAR, table_name VARCHAR, column_name VARCHAR);
CREATE OR REPLACE TABLE loaded.unread (file VARCHAR, looks_like VARCHAR, why VARCHAR);
CREATE OR REPLACE TABLE loaded.column_value
  (file VARCHAR, table_name VARCHAR, column_name VARCHAR, kept BIGINT, empty BIGINT, lost BIGINT);
CREATE OR REPLACE TABLE loaded.file_day
  (file VARCHAR, table_name VARCHAR, day BIGINT, "rows" BIGINT, newest_at BIGINT);
`;

type Cell = string | number | boolean | null;

async function insert(
  warehouse: Warehouse,
  table: string,
  rows: ReadonlyArray<readonly Cell[]>,
): Promise<void> {
  for (const row of rows) {
    const names = row.map((_, i) => `p${'abcdefghi'[i]}`);
    const params = Object.fromEntries(row.map((cell, i) => [names[i]!, cell]));
    await warehouse.run(
      `INSERT INTO loaded.${table} VALUES (${names.map((name) => `$${name}`).join(', ')})`,
      params,
    );
  }
}

/**
 * Writes `loaded.dataset`, `file`, `present`, `extra` (a file of no table stands there without table and
 * column), `unread`, `column_value` and `file_day` (good rows of large tables per file and UTC day since
 * 1970-01-01, with their newest network time).
 */
export async function recordFacts(
  warehouse: Warehouse,
  report: IngestReport,
  days: ReadonlyArray<{ file: string; table: TableName; days: readonly Day[] }>,
): Promise<void> {
  await warehouse.run(DDL);
  await insert(warehouse, 'dataset', [[report.sealed, report.newestAt, report.mapping.sha256]]);
  await insert(
    warehouse,
    'file',
    report.files.map((file) => [
      file.file,
      file.table,
      file.form,
      file.bytes,
      file.sha256,
      file.rowsIn,
      file.loaded,
      file.duplicate,
      file.rejected,
    ]),
  );
  const present = Object.entries(report.tables) as [TableName, string[]][];
  await insert(
    warehouse,
    'present',
    present.flatMap(([table, columns]) => columns.map((column) => [table, column])),
  );
  await insert(warehouse, 'extra', [
    ...report.extra.map(({ file, table, column }) => [file, table, column]),
    ...report.unknown.map((file) => [file, '', '']),
  ]);
  await appendRows(
    warehouse,
    'loaded',
    'column_value',
    ['text', 'text', 'text', 'int', 'int', 'int'],
    report.values.map(({ file, table, column, kept, empty, lost }) => [
      file,
      table,
      column,
      kept,
      empty,
      lost,
    ]),
  );
  await insert(
    warehouse,
    'unread',
    report.unread.map(({ file, looksLike, why }) => [file, looksLike, why]),
  );
  await insert(
    warehouse,
    'file_day',
    days.flatMap(({ file, table, days: list }) =>
      list.map(({ day, rows, newest }) => [file, table, day, rows, newest]),
    ),
  );
}
