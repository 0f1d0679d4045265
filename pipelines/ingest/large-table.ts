/**
 * `loaded.heartbeats` and `loaded.pings`: views over Parquet, since rows in the tens of millions are not
 * copied.
 */
import { NETWORK_TIME, type TableName } from '../../contracts/dataset.ts';
import { tableDdl } from '../warehouse/schema.ts';
import { identifier } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { absentValue } from './expression.ts';
import { type Day, daysOf, type Inspected, partsFrom, shapeOf } from './inspect.ts';
import type { PlannedColumn } from './mapped.ts';
import { readParquet } from './sql-text.ts';

const MS_PER_DAY = 86_400_000;

/** A file of a large table with the rows of the future found. */
export interface LargeFile extends Inspected {
  days: Day[];
  /** SQL naming why a row is refused, the future included. */
  refusal: string;
  refused: number;
}

/** Adds R_FUTURE to what refuses a row, where the file holds rows after the cutoff (epoch ms). */
export async function refuseFuture(
  warehouse: Warehouse,
  inspected: Inspected & { days: Day[] },
  cutoff: number,
): Promise<LargeFile> {
  const { days, fault, faults, file } = inspected;
  const newest = days.at(-1)?.newest ?? Number.NEGATIVE_INFINITY;
  if (newest <= cutoff) return { ...inspected, refusal: fault, refused: faults };
  const clock = NETWORK_TIME[file.table]!;
  const { value } = inspected.columns.find(({ name }) => name === clock)!;
  const refusal = `coalesce(${fault}, CASE WHEN ${value} > ${cutoff} THEN 'R_FUTURE ${clock}' END)`;
  const { refused } = await warehouse.row<{ refused: number }>(
    `SELECT count(${refusal}) AS refused FROM ${partsFrom(inspected.typed, false)}`,
  );
  const kept = await daysOf(warehouse, { ...inspected, fault: refusal, faults: refused });
  return { ...inspected, days: kept, refusal, refused };
}

/**
 * What is true of every loaded row of a file: the days it lies in. A query over other days then leaves the
 * file out when it is planned, where the Parquet bounds of a converted time would not let it.
 */
function dayBounds(table: TableName, columns: Inspected['columns'], days: readonly Day[]): string[] {
  const [first, last] = [days[0], days.at(-1)];
  const clock = columns.find(({ name }) => name === NETWORK_TIME[table]);
  if (!clock || !first || !last) return [];
  return [`${clock.value} >= ${first.day * MS_PER_DAY}`, `${clock.value} < ${(last.day + 1) * MS_PER_DAY}`];
}

/** (Re)creates the view over all files that hold rows; files read alike share one `read_parquet`. */
export async function createLargeView(
  warehouse: Warehouse,
  table: TableName,
  files: readonly LargeFile[],
  planned: readonly PlannedColumn[],
): Promise<void> {
  const groups = new Map<string, string[]>();
  for (const { typed, columns, refusal, days } of files) {
    if (typed.parts.length === 0) continue;
    const values = planned.map((column) => {
      const value = columns.find(({ name }) => name === column.meta.name)?.value ?? absentValue(column);
      return `${value} AS ${identifier(column.meta.name)}`;
    });
    const conditions = refusal === 'NULL' ? [] : [`(${refusal}) IS NULL`];
    conditions.push(...dayBounds(table, columns, days));
    const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
    const types = typed.columns.map(({ source, type }) => [source, type]);
    for (const part of typed.parts) {
      const signature = JSON.stringify([values.join(', '), where, types, typed.extra, shapeOf(part)]);
      groups.set(signature, [...(groups.get(signature) ?? []), part.path]);
    }
  }
  const selects = [...groups].map(([signature, paths]) => {
    const [values, where] = JSON.parse(signature) as [string, string];
    return `SELECT ${values} FROM ${readParquet(paths)}${where}`;
  });
  if (selects.length === 0) return createEmpty(warehouse, table);
  await dropLoaded(warehouse, table);
  await warehouse.run(`CREATE VIEW loaded.${identifier(table)} AS ${selects.join(' UNION ALL ')}`);
}

/** (Re)creates a table without rows, for one that the dataset does not have. */
export async function createEmpty(warehouse: Warehouse, table: TableName): Promise<void> {
  await dropLoaded(warehouse, table);
  await warehouse.run(tableDdl('loaded', table));
}

/** Removes what an earlier run left under the name, table or view. */
export async function dropLoaded(warehouse: Warehouse, table: string): Promise<void> {
  const found = await warehouse.rows<{ table_type: string }>(
    "SELECT table_type FROM information_schema.tables WHERE table_schema = 'loaded' AND table_name = $table",
    { table },
  );
  for (const { table_type } of found) {
    await warehouse.run(`DROP ${table_type === 'VIEW' ? 'VIEW' : 'TABLE'} loaded.${identifier(table)}`);
  }
}
