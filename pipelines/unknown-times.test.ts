/**
 * Exports that do not know when anybody came (contract 1.1): the audit finishes, and nobody came first or
 * last.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeWorld } from '../fixtures/worlds/world.ts';
import { audit } from './audit.ts';
import { openWarehouse, type Warehouse } from './warehouse/warehouse.ts';

/** What becomes of the columns `created_at`, `registered_at` and `gpu_count`. */
const EXPORTS = {
  'nobody knows': 'REPLACE (NULL AS $)',
  'half of the rows do not know': 'REPLACE (CASE WHEN hash(account_id) % 2 = 0 THEN $ END AS $)',
  'the columns are absent': 'EXCLUDE ($)',
} as const;
const UNKNOWN = { accounts: ['created_at'], devices: ['registered_at', 'gpu_count'] } as const;
/** Detectors that ask who registered when, and of nothing else. */
const ASK_WHEN = ['signup-burst', 'signup-together', 'referral-tree'];

let folder: string;
let warehouse: Warehouse;
let truth: Map<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-'));
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '256MB' });
  const labels = join(folder, 'labels.csv');
  await writeWorld('tiny', { seed: 5, scale: 1, out: join(folder, 'known'), labels });
  const rows = parse(readFileSync(labels), { columns: true }) as Record<string, string>[];
  truth = new Map(rows.map((row) => [`${row.subject_type} ${row.subject_id}`, row.truth!]));
});
afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(Object.entries(EXPORTS))('an export in which %s', (name, change) => {
  it('is audited to the end, and harms nobody honest', async () => {
    const dataset = join(folder, name);
    mkdirSync(dataset);
    cpSync(join(folder, 'known'), dataset, { recursive: true });
    rmSync(join(dataset, 'MANIFEST.csv'), { force: true });
    for (const [table, columns] of Object.entries(UNKNOWN)) {
      const source = join(folder, 'known', `${table}.parquet`);
      const changed = columns.reduce(
        (select, column) => `SELECT * ${change.replaceAll('$', column)} FROM (${select})`,
        `SELECT * FROM read_parquet('${source}')`,
      );
      await warehouse.run(`COPY (${changed}) TO '${join(dataset, `${table}.parquet`)}' (FORMAT parquet)`);
    }
    const out = join(folder, `run of ${name}`);
    const limits = { threads: 1, memoryBytes: 2 ** 30, overrideBrakes: [] };
    await audit({ dataset, out, workspace: `${out}.workspace`, ...limits }, () => {});

    const csv = (file: string) =>
      parse(readFileSync(join(out, file)), { columns: true }) as Record<string, string>[];
    const convicted = [
      ...csv('accounts.csv')
        .filter(({ verdict }) => verdict === 'exclude')
        .map((row) => `account ${row.account_id}`),
      ...csv('devices.csv')
        .filter(({ verdict }) => verdict === 'void')
        .map((row) => `device ${row.device_id}`),
    ];
    expect(convicted.filter((subject) => truth.get(subject) !== 'bad')).toEqual([]);

    const coverage = csv('coverage.csv');
    expect(coverage.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    const seen = coverage
      .filter(({ detector }) => ASK_WHEN.includes(detector!))
      .map((row) => Number(row.seen));
    const accounts = Number(coverage.find(({ detector }) => detector === 'signup-burst')!.subjects);
    for (const each of seen) expect(each).toBeLessThanOrEqual(name.startsWith('half') ? accounts * 0.75 : 0);
  });
});
