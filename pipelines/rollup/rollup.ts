/**
 * Rollup: the only stage whose cost grows with heartbeats. Recomputes the days that changed, and no others.
 */
import type { TableName } from '../../contracts/dataset.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { dayRanges, type InputDay, inputDays } from './days.ts';
import { daysInState, insertRange, prepareTable, rebuild, removeDays } from './grain-table.ts';
import { type Grain, readGrains } from './grains.ts';

export interface RollupOptions {
  /** UTC epoch ms: rows after it stay out. */
  snapshot: number;
  /**
   * Rows that one query may group: bounds memory, changes no result. Default: what the memory limit holds.
   */
  rowsPerQuery?: number;
  /** Make only these, each after those that it reads. Default: all of `readGrains`. */
  grains?: readonly Grain[];
}

export interface RollupEffects {
  progress(event: { stage: string; subject: string; done: number; total: number }): void;
}

/** Days (since 1970-01-01) that were recomputed, per daily grain. */
export type RollupResult = Record<string, number[]>;

/**
 * Memory limit per row of a query. A quarter of it holds the groups of telemetry at two-minute intervals;
 * smaller hash tables are also faster, since they miss the processor's caches less (measured with ids of 36
 * characters).
 */
const BYTES_PER_ROW = 320;

/**
 * Rows whose groups fit the engine's memory limit; beyond it DuckDB spills, which is slower and still right.
 */
async function rowsThatFit(warehouse: Warehouse): Promise<number> {
  const { bytes } = await warehouse.row<{ bytes: number }>(
    "SELECT parse_formatted_bytes(current_setting('memory_limit')) AS bytes",
  );
  return Math.max(1_000_000, Math.floor(bytes / BYTES_PER_ROW));
}

async function rollupGrain(
  warehouse: Warehouse,
  grain: Grain,
  days: readonly InputDay[],
  { snapshot, rowsPerQuery }: Required<Omit<RollupOptions, 'grains'>>,
): Promise<number[]> {
  await prepareTable(warehouse, grain);
  const done = await daysInState(warehouse, grain);
  const present = new Set(days.map(({ day }) => day));
  const gone = [...done.keys()].filter((day) => !present.has(day));
  if (gone.length > 0) await removeDays(warehouse, grain, gone);
  const changed = days.filter(({ day, hash }) => hash === '' || done.get(day) !== hash);
  const changedDays = new Set(changed.map(({ day }) => day));
  const untouched = new Set(days.map(({ day }) => day).filter((day) => !changedDays.has(day)));
  for (const range of dayRanges(changed, untouched, rowsPerQuery)) {
    const inRange = changed.filter(({ day }) => day >= range.from && day < range.to);
    await insertRange(warehouse, grain, range, inRange, snapshot);
  }
  return [...changedDays];
}

/**
 * Fills `rollup_all.<grain>` from `loaded.heartbeats` and `loaded.pings` and points `rollup.<grain>` at its
 * rows of known devices. A day is recomputed when the files behind it, the snapshot's cut through it, or the
 * grain's SQL changed; each range of days is one transaction, so an interrupted run goes on where it stopped.
 */
export async function rollup(
  warehouse: Warehouse,
  { snapshot, rowsPerQuery, grains: wanted }: RollupOptions,
  { progress }: RollupEffects,
): Promise<RollupResult> {
  const grains = wanted ?? (await readGrains(warehouse));
  const limits = { snapshot, rowsPerQuery: rowsPerQuery ?? (await rowsThatFit(warehouse)) };
  const days = new Map<TableName, InputDay[]>();
  const result: RollupResult = {};
  for (const [done, grain] of grains.entries()) {
    progress({ stage: 'rollup', subject: grain.name, done, total: grains.length });
    if (!days.has(grain.source)) days.set(grain.source, await inputDays(warehouse, grain.source, snapshot));
    if (grain.daily)
      result[grain.name] = await rollupGrain(warehouse, grain, days.get(grain.source)!, limits);
    else await rebuild(warehouse, grain, snapshot);
    await warehouse.run(
      `CREATE OR REPLACE VIEW rollup."${grain.name}" AS
       SELECT * FROM rollup_all."${grain.name}" WHERE device_id IN (SELECT device_id FROM raw.devices)`,
    );
  }
  return result;
}
