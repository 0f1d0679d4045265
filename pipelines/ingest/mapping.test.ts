import { describe, expect, it } from 'vitest';
import { parseMapping } from './mapping.ts';
import { ACCOUNTS, testDataset } from './test-dataset.ts';

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

describe('a file of the mapping', () => {
  const mapping = parseMapping("version: 1\ntables:\n  pings:\n    file: 'export/p-*.csv'\n");

  it('must be in the dataset: a path above it, or a typing error, names nothing', () => {
    expect(() => mapping.checkFound(['accounts.csv', 'export/q-1.csv'])).toThrowError(
      /E_MAPPING ghostcard.yaml:4: .*export\/p-\*.csv, which matches none/,
    );
    expect(() => mapping.checkFound(['accounts.csv', 'export/p-1.csv'])).not.toThrow();
  });
});
