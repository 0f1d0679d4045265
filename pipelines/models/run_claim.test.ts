import { afterEach, describe, expect, it } from 'vitest';
import type { Row } from '../../contracts/dataset.ts';
import { insertRows } from '../../testing/rollup-fixture.ts';
import { buildFeatures } from '../../testing/tables.ts';
import { createRawViews } from '../ingest/raw-views.ts';
import { rollup } from '../rollup/rollup.ts';
import { createSchema } from '../warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { loadReference } from './reference.ts';

const BEST = 'NVIDIA GeForce RTX 4090';
const LESSER = 'NVIDIA GeForce RTX 3060';
const BOTH = `${LESSER} | ${BEST}`;
const quiet = { progress: () => {} };

let opened: Warehouse | undefined;
afterEach(() => opened?.close());

/**
 * What runs of a machine listed as `count` of the best card are held to, as `index model
 * SMs-at-least-to-most`.
 */
async function heldTo(count: number, names: readonly string[], runs: readonly Partial<Row<'benchmarks'>>[]) {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  opened = warehouse;
  await createSchema(warehouse);
  await loadReference(warehouse);
  await insertRows(warehouse, 'accounts', [{ account_id: 'a', created_at: 0 }]);
  await insertRows(warehouse, 'devices', [
    { device_id: 'box', account_id: 'a', registered_at: 1, gpu_model: BEST, gpu_count: count },
  ]);
  await insertRows(
    warehouse,
    'gpus',
    names.map((name, i) => ({ device_id: 'box', gpu_index: i, seen_at: 10, name })),
  );
  for (const [i, { gpu_index, memory_bandwidth_gb_s, fp32_tflops }] of runs.entries()) {
    await warehouse.run(
      `INSERT INTO loaded.benchmarks
         (benchmark_id, device_id, measured_by, started_at, finished_at, gpu_index, memory_bandwidth_gb_s, fp32_tflops)
       VALUES ('b${i}', 'box', 'network', 20, 30, ${gpu_index}, ${memory_bandwidth_gb_s}, ${fp32_tflops})`,
    );
  }
  await createRawViews(warehouse, 1_000);
  await rollup(warehouse, { snapshot: 1_000 }, quiet);
  await buildFeatures(warehouse, ['features.run_claim'], 1_000);
  const rows = await warehouse.rows<{ text: string }>(
    `SELECT concat_ws(' ', gpu_index, gpu_model, sm_min || '-' || sm_max) AS text
     FROM features.run_claim ORDER BY gpu_index`,
  );
  return rows.map(({ text }) => text);
}

const fast = { memory_bandwidth_gb_s: 930, fp32_tflops: 78, gpu_index: 0 };
const slow = { memory_bandwidth_gb_s: 330, fp32_tflops: 12, gpu_index: 0 };

describe('what runs are held to', () => {
  it('is the claim of the machine where it has one model', async () => {
    expect(await heldTo(1, [BEST], [slow])).toEqual([`0 ${BEST} 128-128`]);
  });

  it('is all its models at once on a host of several, since benchmarks count cards otherwise', async () => {
    expect(await heldTo(2, [LESSER, BEST], [fast, { ...slow, gpu_index: 1 }])).toEqual([
      `0 ${BOTH} 28-128`,
      `1 ${BOTH} 28-128`,
    ]);
  });

  it('is the listing of one card until some run comes near it: naming a lesser card beside it frees nobody', async () => {
    expect(await heldTo(1, [LESSER, BEST], [slow])).toEqual([`0 ${BEST} 128-128`, `1 ${BEST} 128-128`]);
    expect(await heldTo(1, [LESSER, BEST], [slow, fast])).toEqual([`0 ${BOTH} 28-128`, `1 ${BOTH} 28-128`]);
  });
});
