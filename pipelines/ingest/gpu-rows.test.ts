import { describe, expect, it } from 'vitest';
import { ACCOUNTS, testDataset } from '../../testing/dataset.ts';
import { createRawViews } from './raw-views.ts';

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

  it('need no index: the order of the buses in each inventory gives it, whatever was in the machine before', async () => {
    const C = 'GPU-3d9a1f60-4c7b-8e25-a061-f2b8d7c4e913';
    const rows = [
      `d1,${SEEN},${B},00000000:0A:00.0`,
      `d1,${SEEN},${A},00000000:01:00.0`,
      `d1,2024-04-03T00:00:00.000Z,${B},00000000:0A:00.0`,
      `d1,2024-04-03T00:00:00.000Z,${C},00000000:02:00.0`,
    ];
    const { found, rejected } = await cards('device_id,seen_at,gpu_uuid,pci_bus_id', rows);
    expect(found).toEqual([
      `d1 0 ${A} 00000000:01:00.0`,
      `d1 1 ${B} 00000000:0A:00.0`,
      `d1 0 ${C} 00000000:02:00.0`,
      `d1 1 ${B} 00000000:0A:00.0`,
    ]);
    expect(rejected).toEqual([]);
  });

  it('that have no index beside rows that have one come after these', async () => {
    const rows = [`d1,${SEEN},,${B}`, `d1,${SEEN},0,${A}`, `d1,${SEEN},3,${A.replace('0c', '1c')}`];
    const { found } = await cards('device_id,seen_at,gpu_index,gpu_uuid', rows);
    expect(found).toEqual([`d1 0 ${A}`, `d1 3 ${A.replace('0c', '1c')}`, `d1 4 ${B}`]);
  });

  it('without an index repeat a key only with the same uuid, else bus', async () => {
    const rows = [`d1,${SEEN},${A},x`, `d1,${SEEN},${A},x`, `d1,${SEEN},${A},y`, `d1,${SEEN},${B},x`];
    const { loaded, rejected } = await cards('device_id,seen_at,gpu_uuid,name', rows);
    expect(loaded).toBe(2);
    expect(rejected).toEqual(['R_KEY_CONFLICT 4 seen_at']);
  });
});

describe('rows written one after the other', () => {
  const START = Date.UTC(2024, 3, 2);
  const uuid = (n: number) => `GPU-0c2f7a91-5d3e-4b60-8f17-9a2c4e6b8d${String(n).padStart(2, '0')}`;
  const at = (ms: number) => new Date(START + ms).toISOString();

  /** Loads `index, uuid, ms` rows of d1 and gives the cards of each inventory, by its milliseconds. */
  async function inventories(rows: ReadonlyArray<readonly [index: number | '', card: number, ms: number]>) {
    const lines = rows.map(([index, card, ms]) => `d1,${index},${at(ms)},${uuid(card)}`);
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'devices.csv': DEVICES,
      'gpus.csv': `device_id,gpu_index,seen_at,gpu_uuid\n${lines.join('\n')}\n`,
    });
    await made.ingest();
    await createRawViews(made.warehouse, Number.MAX_SAFE_INTEGER);
    const found = await made.warehouse.rows<{ text: string }>(
      `SELECT (seen_at - ${START}) || ': ' || string_agg(gpu_index || '=' || right(gpu_uuid, 2), ' ' ORDER BY gpu_index) AS text
       FROM raw.gpus GROUP BY seen_at ORDER BY seen_at`,
    );
    return found.map(({ text }) => text);
  }

  it('are one inventory, taken at the first: eight cards 7 ms apart, in any order, again an hour later', async () => {
    const each = [3, 0, 7, 1, 2, 4, 6, 5];
    const rows = [0, 3_600_000].flatMap((from) => each.map((n, i) => [n, n, from + 7 * i] as const));
    const all = '0=00 1=01 2=02 3=03 4=04 5=05 6=06 7=07';
    expect(await inventories(rows)).toEqual([`0: ${all}`, `3600000: ${all}`]);
    expect(await inventories(rows.map(([, card, ms]) => ['', card, ms]))).toEqual([
      `0: ${all}`,
      `3600000: ${all}`,
    ]);
  });

  it('are samples where one card is seen again and again', async () => {
    const rows = [0, 1, 2, 3].map((n) => [0, 0, 1000 * n] as const);
    expect(await inventories(rows)).toEqual(['0: 0=00', '1000: 0=00', '2000: 0=00', '3000: 0=00']);
  });

  it('are told apart in a loop of whole inventories', async () => {
    const rows = [0, 1000, 2000].flatMap((ms) => [0, 1, 2].map((n) => [n, n, ms + 5 * n] as const));
    const all = '0=00 1=01 2=02';
    expect(await inventories(rows)).toEqual([`0: ${all}`, `1000: ${all}`, `2000: ${all}`]);
  });

  it('stay apart beyond a second, and where another card takes an index', async () => {
    expect(await inventories([0, 1].map((n) => [n, n, 1001 * n] as const))).toEqual([
      '0: 0=00',
      '1001: 1=01',
    ]);
    const swapped = [0, 1, 0, 1].map((card, i) => [0, card, 500 * i] as const);
    expect(await inventories(swapped)).toEqual(['0: 0=00', '500: 0=01', '1000: 0=00', '1500: 0=01']);
  });

  it('are seen up to the snapshot that is asked for last', async () => {
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'devices.csv': DEVICES,
      'gpus.csv': `device_id,gpu_index,seen_at\nd1,0,${at(0)}\nd1,0,${at(9_000)}\n`,
    });
    await made.ingest();
    const seen = async (snapshot: number) => {
      await createRawViews(made.warehouse, snapshot);
      return (await made.warehouse.rows('SELECT seen_at FROM raw.gpus')).length;
    };
    expect([await seen(START), await seen(START + 9_000), await seen(START)]).toEqual([1, 2, 1]);
  });
});
