/**
 * Literal rows into `loaded.*` and `raw.*`: how suites, benches and inventories fill a database without
 * files.
 */
import { columnsOf, type InputTableName } from '../../contracts/dataset.ts';
import type { Cell } from '../../contracts/learner.ts';
import { appendRows, type CellKind } from '../warehouse/append.ts';
import { tableDdl } from '../warehouse/schema.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { createRawViews } from './raw-views.ts';

/** Rows of the dataset's tables, by column name. What a row leaves out is NULL or the contract's fallback. */
export type LiteralTables = Readonly<
  Partial<Record<InputTableName, readonly Readonly<Record<string, unknown>>[]>>
>;

/** Appends rows to one table of `loaded`. Decimals pass through as text, which DuckDB reads exactly. */
export async function appendLoaded(
  warehouse: Warehouse,
  table: InputTableName,
  rows: Iterable<Readonly<Record<string, unknown>>>,
): Promise<void> {
  const columns = columnsOf(table);
  const cells = function* (): Generator<Cell[]> {
    for (const row of rows) {
      yield columns.map(({ name, kind, fallback }) => {
        const cell = (row[name] ?? fallback ?? null) as Cell;
        return kind === 'decimal' && cell !== null ? String(cell) : cell;
      });
    }
  };
  const kinds = columns.map(({ kind }): CellKind => {
    if (kind === 'time') return 'int';
    return kind === 'decimal' ? 'text' : kind;
  });
  if (columns.every(({ kind }) => kind !== 'decimal'))
    return appendRows(warehouse, 'loaded', table, kinds, cells());
  const staging = tableDdl('loaded', table)
    .replace(/^.*?\(/, 'CREATE OR REPLACE TABLE loaded.literal_row (')
    .replaceAll(/DECIMAL\([^)]*\)/g, 'VARCHAR');
  await warehouse.run(staging);
  await appendRows(warehouse, 'loaded', 'literal_row', kinds, cells());
  await warehouse.run(
    `INSERT INTO loaded."${table}" SELECT * FROM loaded.literal_row; DROP TABLE loaded.literal_row`,
  );
}

/**
 * Fills `loaded.*` with these rows and makes `raw.*` of them as of `snapshot` (UTC epoch ms). The tables must
 * exist and be empty.
 */
export async function loadRows(warehouse: Warehouse, tables: LiteralTables, snapshot: number): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    await appendLoaded(warehouse, table as InputTableName, rows);
  }
  await createRawViews(warehouse, snapshot);
}
