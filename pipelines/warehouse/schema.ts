/** The schemas of the warehouse and the tables that ingest fills. */
import { readFileSync } from 'node:fs';
import {
  columnsOf,
  type InputTableName,
  OPTION_TABLE_NAMES,
  SQL_TYPE,
  TABLE_NAMES,
} from '../../contracts/dataset.ts';
import type { Warehouse } from './warehouse.ts';

/**
 * - `loaded`: every row that ingest took in, with orphans and rows after the snapshot.
 * - `raw`: what detectors may see: no orphans, nothing after the snapshot. Views over `loaded`.
 * - `rollup_all`: rollups of all loaded days; `rollup`: views of them without orphans.
 * - `own`: what one detector derives for itself; emptied after each.
 * - `features`, `reference`, `evidence`, `operator`, `verdict`: see ARCHITECTURE.md.
 */
export const SCHEMAS = [
  'loaded',
  'raw',
  'rollup_all',
  'rollup',
  'features',
  'own',
  'reference',
  'evidence',
  'operator',
  'verdict',
] as const;

/** `CREATE TABLE` of a contract table with every column, in contract order. */
export function tableDdl(schema: 'loaded', table: InputTableName): string {
  const columns = columnsOf(table).map((column) => `"${column.name}" ${SQL_TYPE[column.kind]}`);
  return `CREATE TABLE IF NOT EXISTS ${schema}."${table}" (${columns.join(', ')})`;
}

/**
 * What ingest and the models leave for the judge and the report beside the dataset's own tables, as far as a
 * stage has not filled it yet: files and refused rows, whom lost values and refused rows hit, files that look
 * like a table and were not read, and models that the catalogue does not know.
 */
const FACTS = `
CREATE TABLE IF NOT EXISTS loaded.lost_owner
  (table_name VARCHAR, column_name VARCHAR, owner_type VARCHAR, owner_id VARCHAR, "rows" BIGINT);
CREATE TABLE IF NOT EXISTS loaded.rejected
  (file VARCHAR, line BIGINT, "column" VARCHAR, code VARCHAR, expected VARCHAR, bytes VARCHAR);
CREATE TABLE IF NOT EXISTS loaded.unread (file VARCHAR, looks_like VARCHAR, why VARCHAR);
CREATE TABLE IF NOT EXISTS features.unknown_model
  (claim VARCHAR, devices BIGINT, accounts BIGINT, device_ids VARCHAR[]);
CREATE TABLE IF NOT EXISTS loaded.file
  (file VARCHAR, table_name VARCHAR, form VARCHAR, bytes BIGINT, sha256 VARCHAR,
   rows_in BIGINT, loaded BIGINT, duplicate BIGINT, rejected BIGINT);
`;

/** Creates schemas, macros and empty `loaded` tables where they are absent. */
export async function createSchema(warehouse: Warehouse): Promise<void> {
  for (const schema of SCHEMAS) await warehouse.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await warehouse.run(readFileSync(new URL('./macros.sql', import.meta.url), 'utf8'));
  for (const table of [...TABLE_NAMES, ...OPTION_TABLE_NAMES]) {
    const existing = await warehouse.row<{ n: number }>(
      "SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = 'loaded' AND table_name = $table",
      { table },
    );
    if (existing.n === 0) await warehouse.run(tableDdl('loaded', table));
  }
  await warehouse.run(FACTS);
}
