import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CSV_COLUMNS,
  EVIDENCE_COLUMNS,
  MANIFEST_FILE,
  RUN_LOG_FILE,
  RunManifestSchema,
} from '../../contracts/run.ts';
import { exclusionLeaf } from '../../reports/json/exclusions.ts';
import { merkleRoot } from '../../reports/merkle/tree.ts';
import { SNAPSHOT, tinyInput } from '../../testing/tiny-input.ts';
import { PLAIN_NAMES, type TinyNames, tinyWarehouse } from '../../testing/tiny-warehouse.ts';
import { openWarehouse } from '../warehouse/warehouse.ts';
import { publish } from './publish.ts';

let base: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'ghostcard-publish-'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

async function runWith(name: string, names?: TinyNames, threads = 1): Promise<string> {
  const out = join(base, name);
  const warehouse = await tinyWarehouse(names, threads);
  await publish({ ...tinyInput(out), log: { threads, out } }, { warehouse, progress: () => {} });
  warehouse.close();
  return out;
}

/** The tiny warehouse with more terms than a row group holds, in an order that depends on `seed`. */
async function wideRun(seed: number, threads: number): Promise<string> {
  const out = join(base, `wide-${seed}`);
  const warehouse = await tinyWarehouse(PLAIN_NAMES, threads);
  await warehouse.run(
    `INSERT INTO verdict.term
     SELECT term.* REPLACE ('u-' || i AS subject_id, i / 7.0 AS weight, [i::VARCHAR] AS related)
     FROM verdict.term, range(7300) t(i)`,
  );
  for (const table of ['verdict.account', 'verdict.device', 'verdict.term', 'operator.link']) {
    const row = table.split('.')[1];
    await warehouse.run(
      `CREATE OR REPLACE TABLE ${table} AS SELECT * FROM ${table} ORDER BY md5(${row}::VARCHAR || '${seed}')`,
    );
  }
  await publish({ ...tinyInput(out), log: { threads, out } }, { warehouse, progress: () => {} });
  warehouse.close();
  return out;
}

const csv = (out: string, file: string): Record<string, string>[] =>
  parse(readFileSync(join(out, file)), { columns: true });

describe('a run directory', () => {
  let out: string;
  beforeAll(async () => {
    out = await runWith('plain');
  });

  test.each(Object.entries(CSV_COLUMNS))('%s has the columns of the contract', (file, columns) => {
    const [header] = readFileSync(join(out, file), 'utf8').split('\n');
    expect(header).toBe(columns.join(','));
  });

  test('tables that carry a row per subject carry every subject, in order of the ids', () => {
    const accounts = csv(out, 'accounts.csv').map((row) => row.account_id!);
    expect(accounts).toEqual([...PLAIN_NAMES.ring, ...PLAIN_NAMES.honest].sort());
    const devices = csv(out, 'devices.csv').map((row) => row.device_id!);
    expect(devices).toHaveLength(8);
    expect(devices).toEqual([...devices].sort());
  });

  test('verdicts, points and times are printed as the contract says', () => {
    const [ann] = csv(out, 'accounts.csv');
    expect(ann).toMatchObject({
      verdict: 'clear',
      cluster_id: '',
      points_before: '1000.123456',
      reasons: '',
    });
    expect(csv(out, 'accounts.csv').at(-5)).toMatchObject({
      account_id: 'u-ring-1',
      verdict: 'exclude',
      risk: '0.9987',
      points_before: '100.5',
      points_after: '0',
      reasons: 'wallet-shared|signup-burst',
    });
    expect(csv(out, 'clusters.csv')[0]).toMatchObject({
      first_seen: '2024-04-05T00:00:00.000Z',
      accounts: '5',
    });
    expect(csv(out, 'network.csv')[0]).toMatchObject({
      observed: '500000',
      expected: '12000.5',
      severity: 'serious',
    });
  });

  test('beside a verdict stand what holds it, who decided it, and what could have spoken', () => {
    const beside = (id: string) => {
      const { held_by, decided_by, looked_at } = csv(out, 'accounts.csv').find(
        (row) => row.account_id === id,
      )!;
      return [held_by, decided_by, looked_at];
    };
    expect(beside('u-ring-5')).toEqual(['prior-slack', '', 'money|network']);
    expect(beside('u-ring-1')).toEqual(['', '', 'money|network']);
    expect(beside('u-ann')).toEqual(['', 'analyst', 'money|network']);
    expect(beside('u-bob')).toEqual(['', '', 'mail|money|network']);
    expect(beside('u-eve')).toEqual(['', '', '']);
    const devices = new Map(csv(out, 'devices.csv').map((row) => [row.device_id, row]));
    expect(devices.get('dev-6')).toMatchObject({ held_by: 'below-threshold', looked_at: '' });
    expect(devices.get('dev-fake')).toMatchObject({ held_by: '', decided_by: '', looked_at: 'benchmark' });
  });

  test('the manifest says what was looked at and what of the input was lost', () => {
    const { summary } = RunManifestSchema.parse(JSON.parse(readFileSync(join(out, MANIFEST_FILE), 'utf8')));
    expect(summary.coverage).toEqual({
      detectors: { ran: 2, observing: 0, not_run: 1, failed: 0 },
      missing: [{ input: 'pings.probe_id', detectors: 1 }],
      failed: [],
      accounts: {
        all: 8,
        looked_at: 7,
        one_family: 0,
        clear_found: 0,
        clear_not_looked_at: 1,
        families: [
          { family: 'money', subjects: 7 },
          { family: 'network', subjects: 7 },
          { family: 'mail', subjects: 1 },
        ],
      },
      devices: {
        all: 8,
        looked_at: 6,
        one_family: 6,
        clear_found: 0,
        clear_not_looked_at: 1,
        families: [{ family: 'benchmark', subjects: 6 }],
      },
      points_not_looked_at: '1002.123456',
      unread: {
        files: 1,
        first: [{ file: 'old/accounts.csv', looks_like: 'devices', why: 'a shared password hint' }],
      },
      loss: {
        owners: 9,
        hit: 2,
        warn: true,
        first: [
          { account_id: 'u-ann', rows: 12 },
          { account_id: '', rows: 3 },
        ],
      },
      unknown_models: {
        models: 1,
        devices: 2,
        first: [{ gpu_model: 'NVIDIA GeForce RTX 4090', devices: 2 }],
      },
    });
    expect(csv(out, 'unknown_models.csv')).toMatchObject([{ devices: '2', device_ids: 'dev-5|dev-6' }]);
    expect(csv(out, 'losses.csv')).toEqual([
      { account_id: '', owner_type: 'account', id: '203.0.113.7', table: 'devices', column: '', rows: '3' },
      {
        account_id: 'u-ann',
        owner_type: 'device',
        id: 'dev-5',
        table: 'heartbeats',
        column: 'power_draw_w',
        rows: '12',
      },
    ]);
  });

  test('evidence stands in both forms with the same columns', async () => {
    const lines = readFileSync(join(out, 'evidence.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(17);
    for (const line of lines) expect(Object.keys(line)).toEqual([...EVIDENCE_COLUMNS]);
    expect(readFileSync(join(out, 'evidence.ndjson'), 'utf8')).toContain('"rate":0.0000001');
    const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '256MB' });
    const rows = await warehouse.rows<Record<string, unknown>>(
      `SELECT * FROM read_parquet('${join(out, 'evidence.parquet')}')`,
    );
    warehouse.close();
    expect(rows.map((row) => [row.subject_id, row.detector, row.weight])).toEqual(
      lines.map((line) => [line.subject_id, line.detector, line.weight]),
    );
    expect(Object.keys(rows[0]!)).toEqual([...EVIDENCE_COLUMNS]);
  });

  test('a wallet is excluded only with every account behind it; devices that are void stand for themselves', () => {
    const units = csv(out, 'exclusions.csv').map(({ unit, id }) => `${unit} ${id}`);
    expect(units).toEqual([
      ...PLAIN_NAMES.ring.slice(0, 4).map((id) => `account ${id}`),
      'device dev-5',
      'device dev-7',
      'device dev-fake',
    ]);
    const cards = csv(out, 'exclusions.csv').map(({ id, gpu_index }) => [id, gpu_index]);
    expect(cards.filter(([, card]) => card !== '')).toEqual([['dev-7', '1']]);
  });

  test('the root in exclusions.json is that of its own entries, which are those of the CSV', () => {
    const list = JSON.parse(readFileSync(join(out, 'exclusions.json'), 'utf8'));
    expect(list.root).toBe(merkleRoot(list.entries.map(exclusionLeaf)).toString('hex'));
    expect(list.statement).toMatchObject({ count: 7, root: list.root, signed: false, sealed: false });
    const rows = csv(out, 'exclusions.csv').map(({ gpu_index, ...row }) => ({
      ...row,
      gpu_index: gpu_index === '' ? null : Number(gpu_index),
    }));
    expect(list.entries).toEqual(rows);
  });

  test('claims hold what is clear and payable, nothing that is held', () => {
    expect(csv(out, 'claims.csv').map(({ account_id }) => account_id)).toEqual(['u-ann', 'u-bob', 'u-eve']);
  });

  test('the supply ladder stands as the judge counted it', () => {
    const [model] = csv(out, 'supply.csv');
    expect(model).toMatchObject({
      claimed: '8',
      heartbeating: '8',
      answering: '7',
      benchmarked: '6',
      void: '1',
    });
    expect(model).toMatchObject({ real_low: '5', real_estimate: '5.9', real_high: '8' });
  });

  test('a merchant is named with its machines, and its customers are not excluded for it', () => {
    expect(csv(out, 'merchants.csv')).toMatchObject([
      {
        merchant_id: 'm-0123456789abcdef',
        accounts: '3',
        devices: '3',
        devices_void: '2',
        cards_at_least: '1',
        cards_at_most: '1',
      },
    ]);
    expect(csv(out, 'merchant_devices.csv').map(({ device_id }) => device_id)).toEqual([
      'dev-5',
      'dev-6',
      'dev-fake',
    ]);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('m-0123456789abcdef');
  });

  test('the manifest seals every file but itself and the log, and balances its rows', () => {
    const manifest = RunManifestSchema.parse(JSON.parse(readFileSync(join(out, MANIFEST_FILE), 'utf8')));
    const files = readdirSync(out).filter((file) => file !== MANIFEST_FILE && file !== RUN_LOG_FILE);
    expect(manifest.outputs.map(({ file }) => file)).toEqual(files.sort());
    for (const { file, bytes, sha256 } of manifest.outputs) {
      const content = readFileSync(join(out, file));
      expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
    }
    for (const { rows } of manifest.inputs)
      expect(rows.in).toBe(rows.loaded + rows.duplicate + rows.rejected);
    const { points } = manifest.summary;
    const sum =
      Number(points.excluded) + Number(points.voided) + Number(points.held) + Number(points.payable);
    expect(sum).toBeCloseTo(Number(points.before), 6);
    expect(manifest.snapshot).toBe(new Date(SNAPSHOT).toISOString());
  });
});

test('a wallet all of whose accounts are excluded is excluded itself', async () => {
  const warehouse = await tinyWarehouse();
  await warehouse.run("UPDATE verdict.account SET verdict = 'exclude' WHERE account_id = 'u-ring-5'");
  const out = join(base, 'wallet');
  await publish(tinyInput(out), { warehouse, progress: () => {} });
  warehouse.close();
  const wallet = csv(out, 'exclusions.csv').find(({ unit }) => unit === 'wallet');
  expect(wallet).toMatchObject({ id: 'wallet-ring', reasons: 'signup-burst|wallet-shared', decided_by: '' });
});

test('an exclusion names the analyst whose decision made it, for the account and for its wallet', async () => {
  const warehouse = await tinyWarehouse();
  await warehouse.run("UPDATE verdict.account SET verdict = 'exclude' WHERE account_id = 'u-ring-5'");
  for (const [id, by, state] of [
    ['u-ring-5', 'mira', 'in-force'],
    ['u-ring-4', 'jan', 'in-force'],
    ['u-ring-3', 'old', 'superseded'],
  ]) {
    await warehouse.run(
      `INSERT INTO verdict.decision VALUES ('account', '${id}', 'exclude', '${by}', 1, NULL, 'w', '${state}', []::VARCHAR[])`,
    );
  }
  const out = join(base, 'decided');
  await publish(tinyInput(out), { warehouse, progress: () => {} });
  warehouse.close();
  const by = new Map(csv(out, 'exclusions.csv').map(({ id, decided_by }) => [id, decided_by]));
  expect([by.get('u-ring-5'), by.get('u-ring-3'), by.get('wallet-ring')]).toEqual(['mira', '', 'jan|mira']);
  const list = JSON.parse(readFileSync(join(out, 'exclusions.json'), 'utf8'));
  expect(list.entries).toEqual(
    csv(out, 'exclusions.csv').map((row) => ({
      ...row,
      gpu_index: row.gpu_index ? Number(row.gpu_index) : null,
    })),
  );
  expect(list.root).toBe(merkleRoot(list.entries.map(exclusionLeaf)).toString('hex'));
});

test('threads and the order of rows change no byte', async () => {
  const [first, ...others] = [await wideRun(1, 1), await wideRun(2, 4)];
  const files = readdirSync(first!).filter((file) => file !== RUN_LOG_FILE);
  for (const other of others) {
    expect(readdirSync(other)).toEqual(readdirSync(first!));
    for (const file of files) {
      expect([file, readFileSync(join(other, file)).equals(readFileSync(join(first!, file)))]).toEqual([
        file,
        true,
      ]);
    }
  }
});

test('ids keep their bytes in CSV, free text never starts a formula', async () => {
  const names: TinyNames = {
    ...PLAIN_NAMES,
    ring: ['=cmd|"/c calc"!A1', '+1', '-1', '@SUM(A1)', 'a,"b'],
    model: '=HYPERLINK("http://evil.example","RTX")',
    metric: '＝1+1',
    fact: ' =1+1',
    file: '@evil.csv',
  };
  const out = await runWith('formula', names);
  const ids = csv(out, 'accounts.csv').map(({ account_id }) => account_id);
  for (const id of names.ring) expect(ids).toContain(id);
  expect(csv(out, 'supply.csv')[0]!.gpu_model).toBe(`'${names.model}`);
  expect(csv(out, 'network.csv')[0]!.metric).toBe(`'${names.metric}`);
  expect(csv(out, 'rejected.csv')[0]).toMatchObject({ file: `'${names.file}`, bytes: `'${names.fact}` });
});

test('a write that fails leaves the earlier run in place and nothing beside it', async () => {
  const out = await runWith('failing');
  const before = readFileSync(join(out, MANIFEST_FILE), 'utf8');
  const warehouse = await tinyWarehouse();
  await warehouse.run('DROP TABLE verdict.certificate');
  await expect(publish(tinyInput(out), { warehouse, progress: () => {} })).rejects.toThrow(/certificate/);
  warehouse.close();
  expect(readFileSync(join(out, MANIFEST_FILE), 'utf8')).toBe(before);
  expect(readdirSync(base).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a full disk is named as such', async () => {
  const warehouse = await tinyWarehouse();
  const full = {
    ...warehouse,
    run: async (sql: string) => {
      if (sql.startsWith('COPY')) throw new Error('IO Error: Could not write file: No space left on device');
      return warehouse.run(sql);
    },
  };
  const out = join(base, 'full');
  const result = publish(tinyInput(out), { warehouse: full, progress: () => {} });
  await expect(result).rejects.toMatchObject({ code: 'E_DISK', detail: { subject: out } });
  warehouse.close();
  expect(readdirSync(base).filter((name) => name.includes('full'))).toEqual([]);
});
