/** Exports of the shapes that networks, list makers and databases publish, each with the mapping that it needs. */
import { describe, expect, it } from 'vitest';
import { type TestDataset, testDataset } from './test-dataset.ts';

const ACCOUNTS = 'account_id,created_at\na1,2024-04-23T10:00:00Z\n';
const counts = async (made: TestDataset) =>
  (await made.ingest()).files.map(
    ({ table, loaded, duplicate, rejected }) => `${table} ${loaded} ${duplicate} ${rejected}`,
  );

describe('a file whose name says its table', () => {
  it('is read as .jsonl in any case', async () => {
    const device = { device_id: 'd1', account_id: 'a1', registered_at: '2024-04-23T10:00:00Z' };
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'Devices.JSONL': `${JSON.stringify({ ...device, gpu_model: 'RTX 3090', gpu_count: 1 })}\n`,
    });
    expect(await counts(made)).toEqual(['devices 1 0 0', 'accounts 1 0 0']);
  });
});

describe('a list of addresses', () => {
  it('is a prior list with its source and verdict in the mapping', async () => {
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'eliminated.csv': 'address\n0xab01\n0xab02\n0xab01\n',
      'ghostcard.yaml': `version: 1
tables: { prior_list: { file: eliminated.csv, columns: { wallet: address, source: { constant: hop }, verdict: { constant: sybil } } } }
`,
    });
    expect(await counts(made)).toEqual(['accounts 1 0 0', 'prior_list 3 0 0']);
    expect(await made.warehouse.rows('SELECT DISTINCT source, verdict FROM loaded.prior_list')).toEqual([
      { source: 'hop', verdict: 'sybil' },
    ]);
  });
});

describe('offers of a marketplace', () => {
  const offer = (id: number, host: number, model: string) => ({
    id,
    machine_id: host + 100,
    host_id: host,
    gpu_name: model,
    num_gpus: 2,
    driver_version: '550.54.15',
    gpu_mem_bw: 862.9,
    public_ipaddr: '203.0.113.7',
    start_date: 1713866400.123,
    search: { totalHour: 0.3, breakdown: { gpu: 0.2 } },
    instance: { discounted: null },
    network: 'vast',
  });
  const offers = [offer(71, 911, 'RTX 4090'), offer(72, 912, 'RTX 3090')];
  const YAML = `version: 1
tables:
  accounts:
    file: offers.*
    columns: { account_id: host_id, created_at: { from: start_date, unit: s } }
  devices:
    file: offers.*
    columns: { device_id: machine_id, account_id: host_id, registered_at: { from: start_date, unit: s }, gpu_model: gpu_name, gpu_count: num_gpus }
  listings:
    file: offers.*
    columns: { listing_id: id, seen_at: { from: start_date, unit: s }, gpu_model: gpu_name, gpu_count: num_gpus, ip: public_ipaddr, memory_bandwidth_gb_s: gpu_mem_bw }
`;

  it('feed three tables, from an array and from lines alike, and repeated rows are duplicates of keys', async () => {
    for (const [name, text] of [
      ['offers.json', JSON.stringify(offers, null, 2)],
      ['offers.ndjson', offers.map((each) => JSON.stringify(each)).join('\n')],
    ] as const) {
      const made = await testDataset({ 'ghostcard.yaml': YAML, [name]: text });
      expect(await counts(made)).toEqual(['accounts 2 0 0', 'devices 2 0 0', 'listings 2 0 0']);
      expect(await made.warehouse.row('SELECT network, seen_at FROM loaded.listings LIMIT 1')).toEqual({
        network: 'vast',
        seen_at: 1713866400123,
      });
    }
    const twice = await testDataset({
      'ghostcard.yaml': YAML,
      'offers.json': JSON.stringify([...offers, offers[0]]),
    });
    expect(await counts(twice)).toEqual(['accounts 2 1 0', 'devices 2 1 0', 'listings 3 0 0']);
  });
});

describe('a text with line breaks in a CSV field', () => {
  it('costs all lines of its record, with what to do', async () => {
    const made = await testDataset({
      'accounts.csv': `${ACCOUNTS}a2,"2024-04-23\n10:00:00Z"\na3,2024-04-23T10:00:00Z\n`,
    });
    expect(await counts(made)).toEqual(['accounts 2 0 2']);
    expect(await made.rejected()).toEqual(['R_QUOTE 3', 'R_QUOTE 4']);
    expect(await made.warehouse.rows('SELECT DISTINCT expected FROM loaded.rejected')).toEqual([
      { expected: 'no line break inside a field: replace it, or export as NDJSON or Parquet' },
    ]);
  });
});
