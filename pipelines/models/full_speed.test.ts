import { afterEach, describe, expect, it } from 'vitest';
import { insertRows } from '../../testing/rollup-fixture.ts';
import { buildFeatures } from '../../testing/tables.ts';
import { createRawViews } from '../ingest/raw-views.ts';
import { rollup } from '../rollup/rollup.ts';
import { createSchema } from '../warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { loadReference } from './reference.ts';

const SNAPSHOT = 10_000_000;
const quiet = { progress: () => {} };

let opened: Warehouse | undefined;
afterEach(() => opened?.close());

/** Runs at full speed of a machine with `count` cards, as `begin only-card`; `speed` is of an RTX 4090. */
async function fullSpeed(count: number, runs: readonly { from: number; speed: number }[]) {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  opened = warehouse;
  await createSchema(warehouse);
  await loadReference(warehouse);
  await insertRows(warehouse, 'accounts', [{ account_id: 'a', created_at: 0 }]);
  const card = { gpu_model: 'NVIDIA GeForce RTX 4090', gpu_count: count };
  await insertRows(warehouse, 'devices', [{ device_id: 'box', account_id: 'a', registered_at: 1, ...card }]);
  for (const [i, { from, speed }] of runs.entries()) {
    await warehouse.run(
      `INSERT INTO loaded.benchmarks
         (benchmark_id, device_id, measured_by, started_at, finished_at, memory_bandwidth_gb_s, fp32_tflops)
       VALUES ('b${i}', 'box', 'network', ${from}, ${from + 30_000}, ${930 * speed}, ${78 * speed})`,
    );
  }
  await createRawViews(warehouse, SNAPSHOT);
  await rollup(warehouse, { snapshot: SNAPSHOT }, quiet);
  await buildFeatures(warehouse, ['features.full_speed'], SNAPSHOT);
  const rows = await warehouse.rows<{ text: string }>(
    "SELECT concat_ws(' ', started_at, only_card) AS text FROM features.full_speed ORDER BY started_at",
  );
  return rows.map(({ text }) => text);
}

describe('a run at full speed', () => {
  it('is as fast as its card at its best', async () => {
    const runs = [
      { from: 100, speed: 1 },
      { from: 200_000, speed: 0.75 },
      { from: 400_000, speed: 0.95 },
    ];
    expect(await fullSpeed(1, runs)).toEqual(['100 true', '400000 true']);
    expect(await fullSpeed(8, runs)).toEqual(['100 false', '400000 false']);
  });

  it('is never one of half a card, however even', async () => {
    expect(
      await fullSpeed(
        1,
        [100, 200_000].map((from) => ({ from, speed: 0.5 })),
      ),
    ).toEqual([]);
  });
});
