/** `loaded.lost_owner`: who is hit by rejected rows and lost values, table by table and column by column. */
import type { TableName } from '../../contracts/dataset.ts';
import { columnsOf } from '../../contracts/dataset.ts';
import { identifier, literal } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type ColumnValue, isLost } from './column-value.ts';
import { partsFrom } from './inspect.ts';
import type { LargeFile } from './large-table.ts';
import { ownerColumn } from './owner.ts';
import { logFrom } from './quarantine.ts';
import { stageOf } from './small-table.ts';

/** The marks of a row as a list of column names. */
const NAMES = "list_filter(string_split(lost, ' '), lambda name: name <> '')";

export async function createLostOwners(warehouse: Warehouse): Promise<void> {
  await warehouse.run(
    'CREATE OR REPLACE TABLE loaded.lost_owner (table_name VARCHAR, column_name VARCHAR, owner_type VARCHAR, owner_id VARCHAR, "rows" BIGINT)',
  );
}

const ownerOf = (table: TableName) => ownerColumn(columnsOf(table).map(({ name }) => name));

/** Adds rows of `select`: `column_name` ('' = the whole row) and `owner` (NULL or '' = nobody is named). */
async function add(warehouse: Warehouse, table: TableName, select: string): Promise<void> {
  const type = literal(ownerOf(table)?.type ?? '');
  await warehouse.run(
    `INSERT INTO loaded.lost_owner
     SELECT ${literal(table)}, column_name, CASE WHEN owner <> '' THEN ${type} ELSE '' END, coalesce(owner, ''), count(*)
     FROM (${select}) GROUP BY ALL`,
  );
}

/** Adds the rows that a slow path rejected. */
export async function addLogged(warehouse: Warehouse, table: TableName, log: string): Promise<void> {
  await add(warehouse, table, `SELECT '' AS column_name, owner FROM ${logFrom(log)}`);
}

/** Adds what a file of a large table lost, as `countLarge` counted it, and its refused rows. */
export async function addLarge(
  warehouse: Warehouse,
  large: LargeFile,
  counted: readonly ColumnValue[],
): Promise<void> {
  const { file, typed, columns, refusal, refused } = large;
  const owner = columns.find(({ name }) => name === ownerOf(file.table)?.name)?.value ?? "''";
  const from = partsFrom(typed, true);
  if (refused > 0) {
    await add(
      warehouse,
      file.table,
      `SELECT '' AS column_name, ${owner} AS owner FROM ${from} WHERE (${refusal}) IS NOT NULL`,
    );
  }
  const hit = columns.filter((_, i) => counted[i]!.lost > 0);
  if (hit.length === 0) return;
  const marks = hit.map((column) => `CASE WHEN ${isLost(column)} THEN ${literal(column.name)} END`);
  const names = `list_filter([${marks.join(', ')}], lambda name: name IS NOT NULL)`;
  await add(
    warehouse,
    file.table,
    `SELECT unnest(${names}) AS column_name, ${owner} AS owner FROM ${from} WHERE (${refusal}) IS NULL`,
  );
}

/** Adds what a small table lost, after its stage was judged. */
export async function addStaged(warehouse: Warehouse, table: TableName): Promise<void> {
  const name = ownerOf(table)?.name;
  const owner = name === undefined ? "''" : identifier(name);
  const stage = stageOf(table);
  await add(
    warehouse,
    table,
    `SELECT unnest(${NAMES}) AS column_name, ${owner} AS owner FROM ${stage}
     WHERE lost <> '' AND (fault IS NULL OR fault = 'duplicate')
     UNION ALL SELECT '', ${owner} FROM ${stage} WHERE fault <> 'duplicate'`,
  );
}

/** Sums what the files of a table share, in one order. */
export async function sumLostOwners(warehouse: Warehouse): Promise<void> {
  await warehouse.run(
    `CREATE OR REPLACE TABLE loaded.lost_owner AS
     SELECT table_name, column_name, owner_type, owner_id, CAST(sum("rows") AS BIGINT) AS "rows"
     FROM loaded.lost_owner GROUP BY ALL ORDER BY ALL`,
  );
}
