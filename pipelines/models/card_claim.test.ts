import { afterEach, describe, expect, it } from 'vitest';
import type { Row } from '../../contracts/dataset.ts';
import { insertRows } from '../../testing/rollup-fixture.ts';
import { buildFeatures } from '../../testing/tables.ts';
import { createRawViews } from '../ingest/raw-views.ts';
import { rollup } from '../rollup/rollup.ts';
import { createSchema } from '../warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { loadReference } from './reference.ts';

const BEST = 'NVIDIA GeForce RTX 3080';
const LESSER = 'NVIDIA GeForce RTX 3060';
const quiet = { progress: () => {} };

let opened: Warehouse | undefined;
afterEach(() => opened?.close());

/** Claims of a machine listed as `model`, as `index from until model`, from inventories by time. */
async function claims(model: string, inventories: Readonly<Record<number, readonly Partial<Row<'gpus'>>[]>>) {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  opened = warehouse;
  await createSchema(warehouse);
  await loadReference(warehouse);
  await insertRows(warehouse, 'accounts', [{ account_id: 'a', created_at: 0 }]);
  await insertRows(warehouse, 'devices', [
    { device_id: 'box', account_id: 'a', registered_at: 1, gpu_model: model, gpu_count: 2 },
  ]);
  const gpus = Object.entries(inventories).flatMap(([seen, cards]) =>
    cards.map((card, i) => ({ device_id: 'box', gpu_index: i, seen_at: Number(seen), ...card })),
  );
  await insertRows(warehouse, 'gpus', gpus);
  await createRawViews(warehouse, 1_000);
  await rollup(warehouse, { snapshot: 1_000 }, quiet);
  await buildFeatures(warehouse, ['features.card_claim'], 1_000);
  const rows = await warehouse.rows<{ text: string }>(
    `SELECT concat_ws(' ', gpu_index, from_at, coalesce(until_at::VARCHAR, '-'), coalesce(gpu_model, claim),
       CASE WHEN declared_slice THEN 'slice' END) AS text
     FROM features.card_claim ORDER BY gpu_index, from_at`,
  );
  return rows.map(({ text }) => text);
}

describe('what a card claims', () => {
  it('is its own name where the machine also shows the listed model', async () => {
    expect(await claims(BEST, { 10: [{ name: BEST }, { name: LESSER }] })).toEqual([
      `0 0 - ${BEST}`,
      `1 0 - ${LESSER}`,
    ]);
  });

  it('is the listing where no card of the listed model is shown, whatever the inventory names', async () => {
    expect(await claims(BEST, { 10: [{ name: LESSER }, { name: LESSER }] })).toEqual([
      `0 0 - ${BEST}`,
      `1 0 - ${BEST}`,
    ]);
  });

  it('is the listing where the listed model is shown in less than half of the inventories', async () => {
    const lesser = [{ name: LESSER }, { name: LESSER }];
    const both = [{ name: BEST }, { name: LESSER }];
    expect(await claims(BEST, { 10: both, 20: lesser, 30: lesser })).toEqual([
      `0 0 - ${BEST}`,
      `1 0 - ${BEST}`,
    ]);
    expect(await claims(BEST, { 10: both, 20: both, 30: lesser })).toContain(`1 0 - ${LESSER}`);
  });

  it('follows a card that moves to another index when its neighbour is lost', async () => {
    const both = [{ name: BEST }, { name: LESSER }];
    expect(await claims(BEST, { 10: both, 20: both, 30: [{ name: LESSER }] })).toEqual([
      `0 0 30 ${BEST}`,
      `0 30 - ${LESSER}`,
      `1 0 - ${LESSER}`,
    ]);
  });

  it('is the listing where one place is named now so, now otherwise: no inventory shows both', async () => {
    expect(await claims(BEST, { 10: [{ name: LESSER }], 20: [{ name: BEST }] })).toEqual([`0 0 - ${BEST}`]);
  });

  it('is the listing where one place is named twice in one inventory', async () => {
    const twice = [
      { gpu_index: 0, name: BEST, gpu_uuid: 'GPU-7c41d2e0-9b0f-5a63-b1c8-40e27a95d3f0' },
      { gpu_index: 0, name: LESSER, gpu_uuid: 'GPU-7c41d2e1-9b0f-5a63-b1c8-40e27a95d3f1' },
      { gpu_index: 1, name: BEST, gpu_uuid: 'GPU-7c41d2e2-9b0f-5a63-b1c8-40e27a95d3f2' },
    ];
    expect(await claims(BEST, { 10: twice })).toEqual([`0 0 - ${BEST}`, `1 0 - ${BEST}`]);
  });

  it('stays what it was where an inventory prints no name or one that nobody knows', async () => {
    const both = [{ name: BEST }, { name: LESSER }];
    const blank = [{ name: BEST }, { name: 'Graphics Device' }];
    expect(await claims(BEST, { 10: both, 20: blank, 30: [{ name: BEST }, { name: null }] })).toEqual([
      `0 0 - ${BEST}`,
      `1 0 - ${LESSER}`,
    ]);
  });

  it('is the whole card for an instance of the listed model, and the slice for a listed slice', async () => {
    const whole = 'NVIDIA A100-SXM4-80GB';
    const slice = `${whole} MIG 1g.10gb`;
    expect(await claims(whole, { 10: [{ name: slice }, { name: whole }] })).toEqual([
      `0 0 - ${whole}`,
      `1 0 - ${whole}`,
    ]);
    expect(await claims(slice, { 10: [{ name: whole }] })).toEqual([`0 0 - ${whole} slice`]);
  });

  it('is its own name under a listing that the catalogue does not know', async () => {
    expect(await claims('Big Box 9', { 10: [{ name: LESSER }] })).toEqual([`0 0 - ${LESSER}`]);
    expect(await claims('Big Box 9', {})).toEqual(['0 0 - Big Box 9']);
  });
});
