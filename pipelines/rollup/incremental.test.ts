import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { grainRows, type Heartbeat, insertRows, quiet, warehouseWith } from '../../testing/rollup-fixture.ts';
import { createRawViews } from '../ingest/raw-views.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { rollup } from './rollup.ts';

const DAY = 86_400_000;
const LATER = 200 * DAY;

const beat = (day: number, hour: number, more: Partial<Heartbeat> = {}): Heartbeat => ({
  device_id: 'd1',
  received_at: day * DAY + hour * 3_600_000,
  ip: '192.0.2.1',
  status: 'idle',
  ...more,
});

let warehouse: Warehouse;
const days = [100, 101, 102, 103];

beforeEach(async () => {
  warehouse = await warehouseWith(['d1'], {
    heartbeats: days.flatMap((day) => [beat(day, 1), beat(day, 13)]),
  });
  await warehouse.run(`
    CREATE TABLE loaded.dataset (sealed BOOLEAN, newest_at BIGINT, mapping_sha256 VARCHAR);
    INSERT INTO loaded.dataset VALUES (true, 0, '');
    CREATE OR REPLACE TABLE loaded.file (file VARCHAR, table_name VARCHAR, sha256 VARCHAR);
    CREATE TABLE loaded.file_day
      (file VARCHAR, table_name VARCHAR, day BIGINT, "rows" BIGINT, newest_at BIGINT)`);
  for (const day of days) await ledger(`h${day}`, `sha${day}`, day, 2, 13);
});
afterEach(() => warehouse.close());

async function ledger(file: string, sha256: string, day: number, rows: number, hour: number): Promise<void> {
  await warehouse.run("INSERT INTO loaded.file VALUES ($file, 'heartbeats', $hash)", { file, hash: sha256 });
  const newest = day * DAY + hour * 3_600_000;
  await warehouse.run("INSERT INTO loaded.file_day VALUES ($file, 'heartbeats', $day, $rows, $newest)", {
    file,
    day,
    rows,
    newest,
  });
}

async function recomputed(snapshot: number): Promise<number[]> {
  await createRawViews(warehouse, snapshot);
  return (await rollup(warehouse, { snapshot }, quiet)).device_day!;
}

async function likeFresh(snapshot: number): Promise<void> {
  const grains = ['device_day', 'device_grid', 'device_ip_day', 'device_restart'];
  const held = await Promise.all(grains.map((grain) => grainRows(warehouse, grain)));
  await warehouse.run('DROP TABLE rollup_all.state');
  await rollup(warehouse, { snapshot }, quiet);
  expect(held).toEqual(await Promise.all(grains.map((grain) => grainRows(warehouse, grain))));
}

describe('incremental', () => {
  test('the same input is not computed twice', async () => {
    expect(await recomputed(LATER)).toEqual(days);
    expect(await recomputed(LATER)).toEqual([]);
  });

  test('a late file recomputes the day it holds, and gives what a full run gives', async () => {
    await recomputed(LATER);
    await insertRows(warehouse, 'heartbeats', [beat(101, 20, { status: 'busy', uptime_s: 60 })]);
    await ledger('late', 'shalate', 101, 1, 20);
    expect(await recomputed(LATER)).toEqual([101]);
    const { messages } = await warehouse.row<{ messages: number }>(
      'SELECT messages FROM rollup.device_day WHERE day = 101',
    );
    expect(messages).toBe(3);
    await likeFresh(LATER);
  });

  test('a changed mapping recomputes everything', async () => {
    await recomputed(LATER);
    await warehouse.run("UPDATE loaded.dataset SET mapping_sha256 = 'other'");
    expect(await recomputed(LATER)).toEqual(days);
  });

  test('an earlier snapshot cuts its day and forgets the days after it', async () => {
    await recomputed(LATER);
    const noon = 102 * DAY + 12 * 3_600_000;
    expect(await recomputed(noon)).toEqual([102]);
    expect(await warehouse.rows('SELECT day, messages FROM rollup.device_day ORDER BY day')).toEqual([
      { day: 100, messages: 2 },
      { day: 101, messages: 2 },
      { day: 102, messages: 1 },
    ]);
    await likeFresh(noon);
    expect(await recomputed(LATER)).toEqual([102, 103]);
  });

  test('other SQL of a grain recomputes it and what stands on it', async () => {
    await recomputed(LATER);
    await warehouse.run(
      "UPDATE rollup_all.state SET grain_hash = 'older' WHERE grain = 'device_day' AND day = 100",
    );
    const result = await rollup(warehouse, { snapshot: LATER }, quiet);
    expect(result.device_day).toEqual(days);
    expect(result.device_grid).toEqual([]);
  });

  test('rows of another table in the same file are no rows of it', async () => {
    await recomputed(LATER);
    await warehouse.run("INSERT INTO loaded.file VALUES ('h100', 'pings', 'sha100')");
    await warehouse.run("INSERT INTO loaded.file_day VALUES ('h100', 'pings', 90, 5, 0)");
    expect(await recomputed(LATER)).toEqual([]);
  });

  test('a file that vanished takes its day with it', async () => {
    await recomputed(LATER);
    await warehouse.run('DELETE FROM loaded.heartbeats WHERE day_of(received_at) = 100');
    await warehouse.run("DELETE FROM loaded.file_day WHERE file = 'h100'");
    expect(await recomputed(LATER)).toEqual([]);
    expect(await warehouse.rows('SELECT DISTINCT day FROM rollup.device_grid ORDER BY day')).toEqual(
      [101, 102, 103].map((day) => ({ day })),
    );
  });
});
