/** A world of the grammar on disk, opened with its truth. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { columnsOf, SQL_TYPE, TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import { identifier, literal } from '../../pipelines/warehouse/sql-text.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { TRUTH_COLUMNS, type TruthPart, truthSql } from './truth-files.ts';

/** Without a file of members those belong together who share a trait; groups that share none are broken up. */
export const MEMBERS_BY_TRAITS =
  'INSERT INTO truth_members SELECT DISTINCT "group", subject_type, subject_id FROM truth_traits';

/** The files of a table: one file, or a folder with one for each day. */
function filesOf(data: string, table: TableName): string | null {
  const file = join(data, `${table}.parquet`);
  if (existsSync(file)) return file;
  const folder = join(data, table);
  return existsSync(folder) && readdirSync(folder).length > 0 ? join(folder, '*.parquet') : null;
}

/** Every column of the contract; times in epoch milliseconds, as everywhere behind ingest. */
function tableSql(data: string, table: TableName): string {
  const columns = columnsOf(table);
  const files = filesOf(data, table);
  const text = ({ name, kind }: (typeof columns)[number]) => {
    const column = identifier(name);
    if (files === null) return `NULL::${SQL_TYPE[kind]} AS ${column}`;
    return kind === 'time' ? `epoch_ms(${column}) AS ${column}` : column;
  };
  const from =
    files === null ? 'WHERE false' : `FROM read_parquet(${literal(files)}, file_row_number = true)`;
  const position = files === null ? 'NULL::BIGINT AS position' : 'file_row_number AS position';
  return `SELECT ${columns.map(text).join(', ')}, ${position} ${from}`;
}

/**
 * Opens the world of `folder`: a view for every table of the contract over `folder/data`, with `position`,
 * the row's place in its file; `label`, `truth_groups`, `truth_traits` and `truth_members` from
 * `folder/truth*.csv`. Tables that the world lacks are empty.
 */
export async function openDrawnWorld(folder: string): Promise<Warehouse> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 2, memory: '2GB' });
  for (const table of TABLE_NAMES.filter((name) => name !== 'labels'))
    await warehouse.run(`CREATE VIEW ${table} AS ${tableSql(join(folder, 'data'), table)}`);
  await warehouse.run(
    `CREATE TABLE label AS SELECT subject_type, subject_id, truth, family, operator
     FROM read_csv(${literal(join(folder, 'truth.csv'))}, header = true, all_varchar = true)`,
  );
  for (const part of Object.keys(TRUTH_COLUMNS) as TruthPart[]) {
    const path = join(folder, `truth-${part}.csv`);
    await warehouse.run(`CREATE TABLE truth_${part} AS ${truthSql(path, part)}`);
  }
  if (!existsSync(join(folder, 'truth-members.csv'))) await warehouse.run(MEMBERS_BY_TRAITS);
  return warehouse;
}
