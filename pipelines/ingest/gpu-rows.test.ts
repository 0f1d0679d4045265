import { describe, expect, it } from 'vitest';
import { createRawViews } from './raw-views.ts';
import { ACCOUNTS, testDataset } from './test-dataset.ts';

const DEVICES =
  'device_id,account_id,registered_at,gpu_model,gpu_count\nd1,a1,2024-04-01T00:00:00.000Z,Tesla T4,1\nd2,a1,2024-04-01T00:00:00.000Z,Tesla T4,1\n';
const A = 'GPU-0c2f7a91-5d3e-4b60-8f17-9a2c4e6b8d01';
const B = 'GPU-71e3b5c8-2a49-6f0d-93b6-e4d80a1c5f27';
const SEEN = '2024-04-02T00:00:00.000Z';

/** Loads the inventory and prints `device index uuid` of each card, and the codes of rejected rows. */
async function cards(columns: string, rows: readonly string[]) {
  const made = await testDataset({
    'accounts.csv': ACCOUNTS,
    'devices.csv': DEVICES,
    'gpus.csv': `${columns}\n${rows.join('\n')}\n`,
  });
  const { files } = await made.ingest();
  await createRawViews(made.warehouse, Number.MAX_SAFE_INTEGER);
  const found = await made.warehouse.rows<{ text: string }>(
    "SELECT concat_ws(' ', device_id, gpu_index, gpu_uuid, pci_bus_id) AS text FROM raw.gpus ORDER BY device_id, seen_at, gpu_index",
  );
  const file = files.find(({ table }) => table === 'gpus')!;
  return { found: found.map(({ text }) => text), loaded: file.loaded, rejected: await made.rejected() };
}

describe('rows of an inventory', () => {
  it('with one uuid at one time are one card: 300 samples of a loop', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `d1,${i},${SEEN},${A},00000000:01:00.0`);
    const { found, loaded } = await cards('device_id,gpu_index,seen_at,gpu_uuid,pci_bus_id', rows);
    expect(found).toEqual([`d1 0 ${A} 00000000:01:00.0`]);
    expect(loaded).toBe(300);
  });

  it('without uuid are told apart by the bus, and without that by the index', async () => {
    const byBus = ['0,00000000:01:00.0', '1,0000:01:00.0', '2,00000000:0A:00.0', '3,[N/A]', '4,'];
    const rows = byBus.map((row) => `d1,${SEEN},${row}`);
    const { found } = await cards('device_id,seen_at,gpu_index,pci_bus_id', rows);
    expect(found).toEqual(['d1 0 00000000:01:00.0', 'd1 2 00000000:0A:00.0', 'd1 3', 'd1 4']);
  });

  it('of two devices or of two times are never merged', async () => {
    const rows = [`d1,0,${SEEN},${A}`, `d2,0,${SEEN},${A}`, `d1,0,2024-04-03T00:00:00.000Z,${A}`];
    const { found } = await cards('device_id,gpu_index,seen_at,gpu_uuid', rows);
    expect(found).toEqual([`d1 0 ${A}`, `d1 0 ${A}`, `d2 0 ${A}`]);
  });

  it('that are instances of one card are as many as they are', async () => {
    const rows = [
      `d1,0,${SEEN},${A},`,
      `d1,1,${SEEN},MIG-5b1c7d20-8e94-5a3f-b6d2-0f9e1c3a7b48,1g.10gb`,
      `d1,2,${SEEN},MIG-e83f4a16-0c75-5d9b-a2e1-6b7d5f908c34,1g.10gb`,
      `d1,3,${SEEN},${A},2g.20gb`,
      `d1,4,${SEEN},${A},2g.20gb`,
    ];
    const { found } = await cards('device_id,gpu_index,seen_at,gpu_uuid,mig_profile', rows);
    expect(found).toHaveLength(5);
  });

  it('need no index: the order of the buses gives it, the same in every inventory', async () => {
    const rows = [
      `d1,${SEEN},${B},00000000:0A:00.0`,
      `d1,${SEEN},${A},00000000:01:00.0`,
      `d1,2024-04-03T00:00:00.000Z,${B},00000000:0A:00.0`,
    ];
    const { found, rejected } = await cards('device_id,seen_at,gpu_uuid,pci_bus_id', rows);
    expect(found).toEqual([
      `d1 0 ${A} 00000000:01:00.0`,
      `d1 1 ${B} 00000000:0A:00.0`,
      `d1 1 ${B} 00000000:0A:00.0`,
    ]);
    expect(rejected).toEqual([]);
  });

  it('without an index repeat a key only with the same uuid, else bus', async () => {
    const rows = [`d1,${SEEN},${A},x`, `d1,${SEEN},${A},x`, `d1,${SEEN},${A},y`, `d1,${SEEN},${B},x`];
    const { loaded, rejected } = await cards('device_id,seen_at,gpu_uuid,name', rows);
    expect(loaded).toBe(2);
    expect(rejected).toEqual(['R_KEY_CONFLICT 4 seen_at']);
  });
});
