/** One grain's table and its ledger `rollup_all.state`: which day was made from which input by which SQL. */
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { DayRange, InputDay } from './days.ts';
import type { Grain } from './grains.ts';

const MS_PER_DAY = 86_400_000;
const EMPTY_RANGE = { from_ms: 0, to_ms: 0, from_day: 0, to_day: 0, snapshot: 0 };

async function transaction(warehouse: Warehouse, work: () => Promise<void>): Promise<void> {
  await warehouse.run('BEGIN TRANSACTION');
  try {
    await work();
    await warehouse.run('COMMIT');
  } catch (error) {
    // The first error is the one to tell; DuckDB may have rolled back by itself.
    await warehouse.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Creates the grain's table, empty, unless every day in it was made by this very SQL. */
export async function prepareTable(warehouse: Warehouse, { name, sql, hash }: Grain): Promise<void> {
  await warehouse.run(
    'CREATE TABLE IF NOT EXISTS rollup_all.state (grain VARCHAR, day BIGINT, grain_hash VARCHAR, input_hash VARCHAR)',
  );
  const { made, stale } = await warehouse.row<{ made: number; stale: number }>(
    `SELECT count(*) AS made, count(CASE WHEN grain_hash <> $hash THEN 1 END) AS stale
     FROM rollup_all.state WHERE grain = $name`,
    { name, hash },
  );
  if (made > 0 && stale === 0) return;
  await transaction(warehouse, async () => {
    await warehouse.run(`CREATE OR REPLACE TABLE rollup_all."${name}" AS ${sql}`, EMPTY_RANGE);
    await warehouse.run('DELETE FROM rollup_all.state WHERE grain = $name', { name });
  });
}

/** Input hash of each day that the table holds. */
export async function daysInState(warehouse: Warehouse, { name }: Grain): Promise<Map<number, string>> {
  const rows = await warehouse.rows<{ day: number; input_hash: string }>(
    'SELECT day, input_hash FROM rollup_all.state WHERE grain = $name ORDER BY day',
    { name },
  );
  return new Map(rows.map(({ day, input_hash }) => [day, input_hash]));
}

async function deleteRange(warehouse: Warehouse, name: string, { from, to }: DayRange): Promise<void> {
  for (const [table, grain] of [
    [`rollup_all."${name}"`, ''],
    ['rollup_all.state', 'AND grain = $name'],
  ]) {
    await warehouse.run(`DELETE FROM ${table} WHERE day >= $from_day AND day < $to_day ${grain}`, {
      name,
      from_day: from,
      to_day: to,
    });
  }
}

/** Forgets days that the input no longer has. */
export async function removeDays(warehouse: Warehouse, grain: Grain, days: readonly number[]): Promise<void> {
  await transaction(warehouse, async () => {
    for (const day of days) await deleteRange(warehouse, grain.name, { from: day, to: day + 1, rows: 0 });
  });
}

/** Recomputes a range of days in one transaction. `snapshot` is UTC epoch ms. */
export async function insertRange(
  warehouse: Warehouse,
  { name, sql, hash }: Grain,
  range: DayRange,
  days: readonly InputDay[],
  snapshot: number,
): Promise<void> {
  const { from, to } = range;
  const bounds = { from_day: from, to_day: to, from_ms: from * MS_PER_DAY, to_ms: to * MS_PER_DAY, snapshot };
  await transaction(warehouse, async () => {
    await deleteRange(warehouse, name, range);
    await warehouse.run(`INSERT INTO rollup_all."${name}" ${sql}`, bounds);
    for (const { day, hash: input } of days) {
      await warehouse.run('INSERT INTO rollup_all.state VALUES ($name, $day, $hash, $input)', {
        name,
        day,
        hash,
        input,
      });
    }
  });
}

/** Builds a grain over all days anew. */
export async function rebuild(warehouse: Warehouse, { name, sql }: Grain, snapshot: number): Promise<void> {
  await warehouse.run(`CREATE OR REPLACE TABLE rollup_all."${name}" AS ${sql}`, { snapshot });
}
