import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCOUNTS, testDataset } from '../../testing/dataset.ts';
import { parseMapping } from './mapping.ts';
import { plan } from './plan.ts';

const dataset = (files: Readonly<Record<string, string | Buffer>>) =>
  testDataset({ 'accounts.csv': ACCOUNTS, ...files });

const MS = 1713398400123;
const mapping = (unit: string) => `version: 1
tables:
  heartbeats:
    file: export/hb-*.csv
    delimiter: ';'
    columns:
      device_id: node
      received_at: { from: ts, unit: ${unit} }
      memory_used_mib: { from: mem_gib, scale: 1024 }
`;
const beat = (time: string) => `node;ts;ip;mem_gib\nn1;${time};1.2.3.4;1.5\n`;

describe('ghostcard.yaml', () => {
  it('reads epoch times in their unit, to the millisecond, and scales numbers', async () => {
    const times = { s: '1713398400.123', ms: `${MS}`, us: `${MS}999`, ns: `${MS}999999` };
    for (const [unit, time] of Object.entries(times)) {
      const made = await dataset({ 'ghostcard.yaml': mapping(unit), 'export/hb-1.csv': beat(time) });
      expect((await made.ingest()).mapping.present).toBe(true);
      expect(
        await made.warehouse.rows('SELECT device_id, received_at, memory_used_mib FROM loaded.heartbeats'),
      ).toEqual([{ device_id: 'n1', received_at: MS, memory_used_mib: 1536 }]);
    }
  });

  it('reads the same from Parquet and NDJSON', async () => {
    const inner = mapping('s')
      .replace('export/hb-*.csv', 'export/hb.ndjson')
      .replace("    delimiter: ';'\n", '');
    const made = await dataset({
      'ghostcard.yaml': inner,
      'export/hb.ndjson': '{"node":"n1","ts":1713398400.123,"ip":"::1","mem_gib":1.5}\n',
    });
    await made.ingest();
    const read = 'SELECT received_at AS t, memory_used_mib AS m FROM loaded.heartbeats';
    expect(await made.warehouse.rows(read)).toEqual([{ t: MS, m: 1536 }]);
    const parquet = await dataset({
      'ghostcard.yaml': mapping('s').replace('export/hb-*.csv', 'hb.parquet'),
    });
    await parquet.warehouse.run(
      `COPY (SELECT 'n1' AS node, 1713398400.123::DOUBLE AS ts, '::1' AS ip, 1.5 AS mem_gib)
       TO '${parquet.folder}/hb.parquet' (FORMAT parquet)`,
    );
    await parquet.ingest();
    expect(await parquet.warehouse.rows(read)).toEqual([{ t: MS, m: 1536 }]);
  });

  it('translates words', async () => {
    const made = await dataset({
      'ghostcard.yaml': `version: 1
tables:
  pings: { columns: { ok: { from: result, words: { up: true, down: false } } } }
`,
      'pings.csv': [
        'device_id,occurred_at,result',
        ...['up', 'down', 'odd'].map((w) => `d1,2024-04-01T00:00:00Z,${w}`),
      ].join('\n'),
    });
    await made.ingest();
    expect(await made.warehouse.rows('SELECT ok FROM loaded.pings ORDER BY ok')).toEqual([
      { ok: false },
      { ok: true },
    ]);
    expect(await made.rejected()).toEqual(['R_TYPE 4 ok']);
  });

  it('leaves a mapped file whose column is absent to its user', async () => {
    const made = await dataset({ 'ghostcard.yaml': mapping('s'), 'export/hb-1.csv': 'node;ts;ip\n' });
    await expect(made.ingest()).rejects.toMatchObject({ code: 'E_HEADER' });
  });

  it('is refused at the line at fault', () => {
    const cases: Array<[string, string]> = [
      ['version: 1\ntables: {}\nmore: 1\n', 'ghostcard.yaml:1'],
      ['version: 1\ntables:\n  heartbeats:\n    delimiter: x\n', 'ghostcard.yaml:4'],
      ['version: 1\ntables:\n  heartbeats:\n    columns:\n      shoe: size\n', 'ghostcard.yaml:5'],
      [
        'version: 1\ntables:\n  heartbeats:\n    columns:\n      ip: { from: a, unit: s }\n',
        'ghostcard.yaml:5',
      ],
      [
        'version: 1\ntables:\n  heartbeats:\n    columns:\n      ip: { from: a, scale: 2 }\n',
        'ghostcard.yaml:5',
      ],
      ['version: 1\ntables: {}\nzone: CET\n', 'ghostcard.yaml:3'],
      ['version: 1\ntables:\n  pings: { rows: [a] }\n', 'ghostcard.yaml:3'],
      ['version: 1\nnulls: ["-", 1.5]\n', 'ghostcard.yaml:2'],
      ['version: 1\nnulls: ["-\\0"]\n', 'ghostcard.yaml'],
      [`version: 1\ntables: ${'['.repeat(20_000)}\n`, 'ghostcard.yaml'],
      ['version: &a 1\ntables: { pings: *a }\n', 'ghostcard.yaml'],
      ['version: 1\ntables: [\n', 'ghostcard.yaml:'],
      ['version: 1\nversion: 1\ntables: {}\n', 'ghostcard.yaml:2'],
    ];
    for (const [text, subject] of cases) {
      expect(() => parseMapping(text), text).toThrowError(
        expect.objectContaining({
          code: 'E_MAPPING',
          detail: expect.objectContaining({ subject: expect.stringContaining(subject) }),
        }),
      );
    }
  });
});

describe('what a refused mapping is told', () => {
  it.each([
    ['', 'nothing: the file is empty'],
    ['# a comment alone\n', 'nothing: the file is empty'],
    ['accounts\n', /^Invalid input/],
    ['version: 1\nshoe: 42\n', /^Unrecognized key/],
    ['version: 2\n', /^version: /],
  ])('of %j has no empty path before it', (text, got) => {
    expect(() => parseMapping(text)).toThrowError(
      expect.objectContaining({
        detail: expect.objectContaining({
          got: typeof got === 'string' ? got : expect.stringMatching(got),
        }),
      }),
    );
  });
});

describe('a file of the mapping', () => {
  const mapping = parseMapping("version: 1\ntables:\n  pings:\n    file: 'export/p-*.csv'\n");

  it('must be in the dataset: a path above it, or a typing error, names nothing', () => {
    expect(() => mapping.checkFound(['accounts.csv', 'export/q-1.csv'])).toThrowError(
      /E_MAPPING ghostcard.yaml:4: .*export\/p-\*.csv, which matches none/,
    );
    expect(() => mapping.checkFound(['accounts.csv', 'export/p-1.csv'])).not.toThrow();
  });
});

describe('a column of the mapping', () => {
  const refused = (table: string, column: string, more = '') =>
    expect(() =>
      parseMapping(`version: 1\ntables:\n  ${table}:\n    ${more}columns:\n      ${column}\n`),
    ).toThrowError(
      expect.objectContaining({
        code: 'E_MAPPING',
        detail: expect.objectContaining({ subject: expect.stringMatching(/^ghostcard.yaml:\d+$/) }),
      }),
    );

  it('has one source, and only keys that fit it', () => {
    refused('pings', 'ok: {}');
    refused('pings', 'ok: { from: a, constant: true }');
    refused('pings', 'ok: { constant: true, partition: ok }');
    refused('pings', 'ok: { constant: true, nulls: ["-"] }');
    refused('pings', 'rtt_ms: { constant: 5, scale: 2 }');
    refused('pings', 'rtt_ms: { from: a, scale: 2, words: { x: 1 } }');
    refused('pings', 'occurred_at: { from: a, words: { x: y } }');
    refused('pings', 'rtt_ms: { from: a, colour: red }');
    refused('accounts', 'account_id: { from: a, nulls: ["-"] }');
    refused('rentals', 'device_id: ^.device_id');
    refused('heartbeats', 'device_id: id', 'distinct: true\n    ');
    refused('accounts', 'email: mail', 'distinct: true\n    ');
  });

  it('has a constant that its kind can hold, and text in quotes', () => {
    refused('pings', 'ok: { constant: maybe }');
    refused('pings', 'ok: { constant: "" }');
    refused('pings', 'rtt_ms: { constant: -1 }');
    refused('pings', 'rtt_ms: { constant: 1e999 }');
    refused('gpus', 'gpu_index: { constant: 1.5 }');
    refused('gpus', 'seen_at: { constant: "2024-04-01" }');
    refused('prior_list', 'verdict: { constant: 0x12 }');
    refused('prior_list', 'verdict: { constant: [a] }');
    refused('shown_status', 'status: { constant: up }');
  });

  it('never lets a constant or a folder stand for who came first, or for the time of a heartbeat', () => {
    for (const source of ['constant: "2024-04-01T00:00:00Z"', 'partition: day']) {
      refused('accounts', `created_at: { ${source} }`);
      refused('devices', `registered_at: { ${source} }`);
      refused('heartbeats', `received_at: { ${source} }`);
    }
    refused('devices', 'gpu_count: { constant: 1 }');
  });

  it('may translate words to numbers', () => {
    const text =
      'version: 1\ntables: { pings: { columns: { rtt_ms: { from: a, words: { fast: 1.5 } } } } }\n';
    expect(parseMapping(text).of('pings').columns.get('rtt_ms')).toEqual({
      from: 'a',
      words: new Map([['fast', '1.5']]),
    });
  });

  it('reads days written DD.MM.YYYY from CSV and JSON', async () => {
    const made = await testDataset({
      'ghostcard.yaml': 'version: 1\nzone: UTC\ndates: DD.MM.YYYY\n',
      'accounts.csv': 'account_id,created_at\na1,23.04.2024 10:00\na2,31.04.2024 10:00\n',
      'devices.json': JSON.stringify([
        {
          device_id: 'd1',
          account_id: 'a1',
          registered_at: '23.04.2024 10:00:01',
          gpu_model: 'x',
          gpu_count: 1,
        },
      ]),
    });
    await made.ingest();
    expect(await made.rejected()).toEqual(['R_TIME 3 created_at']);
    const at = Date.UTC(2024, 3, 23, 10);
    expect(
      await made.warehouse.rows(
        'SELECT created_at AS a, registered_at AS d FROM loaded.accounts JOIN loaded.devices USING (account_id)',
      ),
    ).toEqual([{ a: at, d: at + 1000 }]);
  });

  it('takes zone, decimal mark and words for nothing from its table, else from the dataset', () => {
    const mapping = parseMapping(`version: 1
zone: UTC
decimal: ','
nulls: ['-', -1]
tables:
  pings: { decimal: '.', columns: { rtt_ms: { from: r, nulls: [x] }, occurred_at: { from: t, unit: s } } }
`);
    const planned = (table: 'pings' | 'devices', name: string) =>
      plan(table, mapping.of(table)).find(({ meta }) => meta.name === name)!;
    expect(planned('pings', 'rtt_ms').mapping).toEqual({ from: 'r', nulls: ['x'] });
    expect(planned('pings', 'occurred_at').mapping).toEqual({ from: 't', unit: 's', nulls: ['-', '-1'] });
    expect(planned('pings', 'device_id').mapping).toBeUndefined();
    expect(planned('devices', 'net_up_mbps').mapping).toEqual({
      from: 'net_up_mbps',
      decimal: ',',
      nulls: ['-', '-1'],
    });
    expect(planned('devices', 'registered_at')).toMatchObject({
      named: false,
      mapping: { from: 'registered_at', zone: 'UTC' },
    });
    // Who somebody is stays what it is.
    expect(planned('devices', 'account_id').mapping).toBeUndefined();
  });
});

describe('a value that does not stand in the file', () => {
  const YAML = `version: 1
tables:
  prior_list:
    file: lists/**/*.csv
    columns:
      wallet: address
      source: { partition: by }
      verdict: { constant: "it's; \\"bad\\"" }
`;
  const list = (...wallets: string[]) => `address\n${wallets.join('\n')}\n`;
  const read = 'SELECT source, wallet, verdict FROM loaded.prior_list ORDER BY source, wallet';

  it('is a constant or the key of a folder, for CSV and Parquet, and equal bytes elsewhere are other rows', async () => {
    const made = await dataset({
      'ghostcard.yaml': YAML.replace('*.csv', '*.*'),
      "lists/by=O'Hop%2FX/a.csv": list('0x01', '0x02'),
      'lists/by=zero/a.csv': list('0x01', '0x02'),
      'lists/by=zero/b.csv': list('0x01', '0x02'),
    });
    await made.warehouse.run(`COPY (SELECT '0x03' AS address) TO '${made.folder}/p.tmp' (FORMAT parquet)`);
    mkdirSync(join(made.folder, 'lists/by=arb'));
    renameSync(join(made.folder, 'p.tmp'), join(made.folder, 'lists/by=arb/c.pq'));
    const { files, tables } = await made.ingest();
    expect(files.slice(1).map(({ loaded, duplicate }) => [loaded, duplicate])).toEqual([
      [2, 0],
      [1, 0],
      [2, 0],
      [0, 2],
    ]);
    expect(tables.prior_list).toEqual(['source', 'wallet', 'verdict']);
    const verdict = 'it\'s; "bad"';
    expect(await made.warehouse.rows(read)).toEqual([
      { source: "O'Hop/X", wallet: '0x01', verdict },
      { source: "O'Hop/X", wallet: '0x02', verdict },
      { source: 'arb', wallet: '0x03', verdict },
      { source: 'zero', wallet: '0x01', verdict },
      { source: 'zero', wallet: '0x02', verdict },
    ]);
  });

  it('is asked for in the path: an absent key is an error, an empty one no value', async () => {
    const made = await dataset({ 'ghostcard.yaml': YAML, 'lists/by/a.csv': list('0x01') });
    await expect(made.ingest()).rejects.toMatchObject({
      code: 'E_MAPPING',
      detail: { subject: 'lists/by/a.csv' },
    });
    const nul = await dataset({ 'ghostcard.yaml': YAML, 'lists/by=%00/a.csv': list('0x01') });
    await expect(nul.ingest()).rejects.toMatchObject({ code: 'E_MAPPING' });
    const hollow = await dataset({
      'ghostcard.yaml': YAML,
      'lists/by=__HIVE_DEFAULT_PARTITION__/a.csv': list('0x01'),
      'lists/by=x/a.csv': list('0x01'),
    });
    expect((await hollow.ingest()).files.slice(1)).toMatchObject([{ rejected: 1 }, { loaded: 1 }]);
    expect(await hollow.rejected()).toEqual(['R_REQUIRED 2 source']);
  });

  it('may stand in a large table, beside folders that name the day', async () => {
    const made = await dataset({
      'ghostcard.yaml': `version: 1
tables: { heartbeats: { columns: { ip: { constant: "192.0.2.1" }, status: { partition: state } } } }
`,
      'heartbeats/day=2024-04-01/state=idle/a.csv': 'device_id,received_at\nd1,2024-04-01T00:00:00Z\n',
      'heartbeats/day=2024-04-01/state=busy/a.csv':
        'device_id,received_at\nd1,2024-04-01T00:00:00Z\nd1,never\n',
    });
    expect((await made.ingest()).files.slice(1)).toMatchObject([{ loaded: 1, rejected: 1 }, { loaded: 1 }]);
    expect(await made.warehouse.rows('SELECT ip, status FROM loaded.heartbeats ORDER BY status')).toEqual([
      { ip: '192.0.2.1', status: 'busy' },
      { ip: '192.0.2.1', status: 'idle' },
    ]);
  });
});

const OFFERS = [
  { offer: 1, host: 'h1', box: 'm1', at: 1713866400.123, model: 'RTX 4090', n: 2, up: 811.2, by: 'vast' },
  { offer: 2, host: 'h2', box: 'm2', at: 1713870000.5, model: 'RTX 3090', n: 2, up: 94.3, by: 'vast' },
  { offer: 3, host: 'h1', box: 'm1', at: 1713866400.123, model: 'RTX 4090', n: 2, up: 700, by: 'vast' },
  { offer: 4, host: null, box: 'm3', at: 1713866400.123, model: 'RTX 4090', n: 1, up: 5, by: 'vast' },
];
const SHARED = `version: 1
tables:
  accounts:
    file: export.json
    distinct: true
    columns: { account_id: host }
  devices:
    file: export.json
    distinct: true
    columns: { device_id: box, account_id: host, registered_at: { from: at, unit: s }, gpu_model: model, gpu_count: n, net_up_mbps: up }
  listings:
    file: export.json
    columns: { network: by, listing_id: offer, seen_at: { from: at, unit: s }, gpu_model: model, gpu_count: n }
`;

describe('one export that feeds three tables', () => {
  it('gives each what it names, with rows in = loaded + duplicate + rejected for each', async () => {
    const made = await testDataset({ 'ghostcard.yaml': SHARED, 'export.json': JSON.stringify(OFFERS) });
    const { files, extra } = await made.ingest();
    expect(
      files.map(({ table, loaded, duplicate, rejected }) => [table, loaded, duplicate, rejected]),
    ).toEqual([
      ['accounts', 2, 2, 0],
      ['devices', 2, 1, 1],
      ['listings', 4, 0, 0],
    ]);
    expect(extra).toEqual([]);
    expect(await made.warehouse.rows('SELECT device_id AS d, net_up_mbps AS up FROM loaded.devices')).toEqual(
      [
        { d: 'm1', up: 811.2 },
        { d: 'm2', up: 94.3 },
      ],
    );
    expect(await made.rejected()).toEqual(['R_REQUIRED 4 account_id']);
  });

  it('counts as lost what a later row of a key says otherwise, and calls nobody hit by it', async () => {
    const machines = [
      {
        host: 'h1',
        box: 'm1',
        models: [{ model: 'a100', up: 5 }, { model: 'h100', up: 5 }, { model: 'h100' }],
      },
      { host: 'h2', box: 'm2', models: [{ model: 'a100' }, { model: 'a100', up: 7 }] },
      {
        host: 'h3',
        box: 'm3',
        models: [
          { model: 'a100', up: 9 },
          { model: 'a100', up: 9 },
        ],
      },
    ];
    const yaml = `version: 1
tables:
  accounts: { file: x.json, distinct: true, columns: { account_id: host } }
  devices:
    file: x.json
    rows: models
    distinct: true
    columns: { device_id: ^.box, account_id: ^.host, gpu_model: model, net_up_mbps: up }
`;
    const made = await testDataset({ 'ghostcard.yaml': yaml, 'x.json': JSON.stringify(machines) });
    const { files } = await made.ingest();
    expect(files.at(-1)).toMatchObject({ table: 'devices', loaded: 3, duplicate: 4, rejected: 0 });
    expect(await made.lost()).toEqual(['devices.gpu_model 5 0 2', 'devices.net_up_mbps 4 2 1']);
    expect(await made.warehouse.rows('SELECT gpu_model AS g, net_up_mbps AS up FROM loaded.devices')).toEqual(
      [
        { g: 'a100', up: 5 },
        { g: 'a100', up: null },
        { g: 'a100', up: 9 },
      ],
    );
    expect(await made.warehouse.rows('SELECT * FROM loaded.lost_owner')).toEqual([]);
  });

  it('reads, where rows are distinct, the named columns alone: no time of an offer becomes that of an owner', async () => {
    const offers = OFFERS.map((offer) => ({ ...offer, created_at: '2024-04-23T10:00:00Z', country: 'SE' }));
    const made = await testDataset({ 'ghostcard.yaml': SHARED, 'export.json': JSON.stringify(offers) });
    await made.ingest();
    expect(
      await made.warehouse.rows('SELECT account_id AS id, created_at, country FROM loaded.accounts'),
    ).toEqual(['h1', 'h2'].map((id) => ({ id, created_at: null, country: null })));
  });

  it('collapses equal rows of a table without keys, whole files among them', async () => {
    const made = await dataset({
      'ghostcard.yaml': `version: 1
tables:
  prior_list: { distinct: true, columns: { wallet: w, source: { constant: hop }, verdict: { constant: sybil } } }
`,
      'prior_list/1.csv': 'w,note\n0x1,a\n0x2,b\n0x1,c\n',
      'prior_list/2.csv': 'w,note\n0x2,z\n0x3,z\n',
      'prior_list/3.csv': 'w,note\n0x2,z\n0x3,z\n',
    });
    expect((await made.ingest()).files.slice(1).map(({ loaded, duplicate }) => [loaded, duplicate])).toEqual([
      [2, 1],
      [1, 1],
      [0, 2],
    ]);
  });
});

describe('the separator', () => {
  const ROW = (mark: string) => ['a2', '', '2024-04-01T00:00:00Z'].join(mark);
  const HEADER = (mark: string) => ['account_id', 'email', 'created_at'].join(mark);

  it('is a tab in .tsv, what the dataset says in .csv, what the table says in both', async () => {
    const load = async (name: string, mark: string, yaml = '') => {
      const made = await testDataset({
        [name]: `\ufeff${HEADER(mark)}\r\n${ROW(mark)}\r\n`,
        'ghostcard.yaml': `version: 1\n${yaml}`,
      });
      return (await made.ingest()).files[0]!.loaded;
    };
    expect(await load('accounts.tsv', '\t', 'delimiter: ";"\n')).toBe(1);
    expect(await load('accounts.csv', ';', 'delimiter: ";"\n')).toBe(1);
    expect(await load('accounts.tsv', '|', 'tables: { accounts: { delimiter: "|" } }\n')).toBe(1);
    await expect(load('accounts.csv', ';')).rejects.toMatchObject({
      code: 'E_HEADER',
      detail: { todo: expect.stringContaining('delimiter: ";"') },
    });
  });
});

describe('a field of a structure in Parquet', () => {
  it('is read by its path; one that is absent is an error', async () => {
    const yaml = (path: string) => `version: 1
tables: { devices: { columns: { gpu_model: ${path}, gpu_count: specs.gpu.n, net_up_mbps: { from: specs.mb, scale: 8 } } } }
`;
    const made = await dataset({ 'ghostcard.yaml': yaml('specs.gpu.model') });
    await made.warehouse.run(`COPY (SELECT 'd' || i AS device_id, 'a1' AS account_id, TIMESTAMP '2024-04-01' AS registered_at,
      {gpu: {model: CASE WHEN i < 2 THEN 'RTX 4090' END, n: i, "odd""name": 1}, mb: 2.5} AS specs, [1] AS tags FROM range(3) r(i))
      TO '${made.folder}/devices.pq' (FORMAT parquet)`);
    const { files, extra } = await made.ingest();
    expect(files[1]).toMatchObject({ loaded: 2, rejected: 1 });
    expect(extra.map(({ column }) => column)).toEqual(['tags']);
    expect(
      await made.warehouse.rows(
        'SELECT gpu_model AS m, gpu_count AS n, net_up_mbps AS up FROM loaded.devices',
      ),
    ).toEqual([
      { m: 'RTX 4090', n: 0, up: 20 },
      { m: 'RTX 4090', n: 1, up: 20 },
    ]);
    expect(await made.rejected()).toEqual(['R_REQUIRED 3 gpu_model']);
    for (const path of ['specs.gpu.none', 'specs.gpu.model.x', "'specs.gpu.''; DROP'", 'tags.0']) {
      made.write({ 'ghostcard.yaml': yaml(path) });
      await expect(made.ingest(), path).rejects.toMatchObject({ code: 'E_HEADER' });
    }
  });
});
