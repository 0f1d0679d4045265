/**
 * Exports of the shapes that networks, list makers and databases publish, each with the mapping that it
 * needs.
 */
import { describe, expect, it } from 'vitest';
import { type TestDataset, testDataset } from '../../testing/dataset.ts';

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

describe('an export of a database', () => {
  const at = (text: string) => Date.parse(text);
  const beats = async (files: Record<string, string>) => {
    const made = await testDataset({ 'accounts.csv': ACCOUNTS, ...files });
    const { files: reports } = await made.ingest();
    const { file, loaded } = reports.find(({ table }) => table === 'heartbeats')!;
    const rows = await made.warehouse.rows<{ t: number; w: number | null; mib: number | null }>(
      'SELECT received_at AS t, power_draw_w AS w, memory_used_mib AS mib FROM loaded.heartbeats ORDER BY t',
    );
    return { file, loaded, rows };
  };
  const ROWS = [
    { t: at('2024-04-23T10:00:00Z'), w: 61.25, mib: 10 },
    { t: at('2024-04-23T12:00:00.745Z'), w: null, mib: 1024 },
  ];
  const COLUMNS = ['device_id', 'received_at', 'ip', 'power_draw_w', 'memory_used_mib'];
  const csv = (mark: string, ...rows: string[][]) =>
    [COLUMNS, ...rows].map((row) => `${row.join(mark)}\n`).join('');

  it('of Postgres needs no mapping: every time carries its zone', async () => {
    const text = csv(
      ',',
      ['d1', '2024-04-23 10:00:00+00', '192.0.2.1', '61.25', '10'],
      ['d1', '2024-04-23 14:00:00.745232+02', '192.0.2.1', '', '1024'],
    );
    expect(await beats({ 'heartbeats.csv': text })).toMatchObject({ loaded: 2, rows: ROWS });
  });

  it('of BigQuery as JSON needs none: whole numbers are text, times end in UTC, NULLs are left out', async () => {
    const rows = [
      {
        device_id: 'd1',
        received_at: '2024-04-23 10:00:00 UTC',
        ip: '192.0.2.1',
        power_draw_w: 61.25,
        memory_used_mib: '10',
      },
      {
        device_id: 'd1',
        received_at: '2024-04-23 12:00:00.745232 UTC',
        ip: '192.0.2.1',
        memory_used_mib: '1024',
      },
    ];
    for (const [name, text] of [
      ['heartbeats.json', rows.map((row) => JSON.stringify(row)).join('\n')],
      ['heartbeats.ndjson', rows.map((row) => JSON.stringify(row)).join('\n')],
      ['heartbeats.json', JSON.stringify(rows)],
    ] as const)
      expect(await beats({ [name]: text })).toMatchObject({ loaded: 2, rows: ROWS });
  });

  it('of ClickHouse or MySQL needs its zone', async () => {
    const text = csv(
      ',',
      ['"d1"', '"2024-04-23 10:00:00"', '"192.0.2.1"', '61.25', '10'],
      ['"d1"', '"2024-04-23 12:00:00.745"', '"192.0.2.1"', '\\N', '1024'],
    );
    const yaml = 'version: 1\nzone: UTC\n';
    expect(await beats({ 'heartbeats.csv': text, 'ghostcard.yaml': yaml })).toMatchObject({
      loaded: 2,
      rows: ROWS,
    });
    expect((await beats({ 'heartbeats.csv': text })).loaded).toBe(0);
  });

  it('by a German Excel needs its separator and its decimal mark', async () => {
    const text = csv(
      ';',
      ['d1', '2024-04-23T10:00:00Z', '192.0.2.1', '61,25', '10'],
      ['d1', '2024-04-23T12:00:00.745Z', '192.0.2.1', '', '1024'],
    );
    const yaml = "version: 1\ndelimiter: ';'\ndecimal: ','\n";
    const files = { 'heartbeats.csv': `\ufeff${text.replaceAll('\n', '\r\n')}`, 'ghostcard.yaml': yaml };
    const accounts = { 'accounts.csv': ACCOUNTS.replaceAll(',', ';') };
    expect(await beats({ ...files, ...accounts })).toMatchObject({ loaded: 2, rows: ROWS });
  });

  it('may say words for numbers and for nothing, and hide numbers in objects', async () => {
    const row = (minute: number, w: unknown, mib: unknown) => ({
      device_id: 'd1',
      received_at: `2024-04-23T10:0${minute}:00Z`,
      ip: '192.0.2.1',
      power_draw_w: w,
      gpu: { mem: mib },
    });
    const rows = [row(0, 'low', 'n.n.'), row(1, 5.5, { of: 1 }), row(2, 'high', 7), row(3, 'odd', '8')];
    const made = await beats({
      'heartbeats.ndjson': rows.map((each) => JSON.stringify(each)).join('\n'),
      'ghostcard.yaml': `version: 1
tables:
  heartbeats:
    nulls: [n.n.]
    columns: { power_draw_w: { from: power_draw_w, words: { low: 1, high: 300 } }, memory_used_mib: gpu.mem }
`,
    });
    expect(made.rows.map(({ w, mib }) => [w, mib])).toEqual([
      [1, null],
      [5.5, null],
      [300, 7],
      [null, 8],
    ]);
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
