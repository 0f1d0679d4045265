import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../audit.ts';
import { check } from './check.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-check-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function checked(files: Readonly<Record<string, string>>) {
  const dataset = join(folder, 'data');
  mkdirSync(dataset, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(dataset, file), content);
  const options = { dataset, workspace: join(folder, 'work'), threads: 1, memoryBytes: 2 ** 29 };
  return check(options, () => {});
}

const ACCOUNTS = 'account_id,created_at,wallet\na1,2024-04-01T00:00:00Z,w1\na2,2024-04-02T00:00:00Z,w1\n';

describe('check', () => {
  it('adds up the rows of each table and places what was refused, lost or is of nobody', async () => {
    const report = await checked({
      'accounts.csv': `${ACCOUNTS}a2,2024-04-02T00:00:00Z,w1\na3,someday,\n,2024-04-02T00:00:00Z,\n`,
      'devices.csv':
        'device_id,account_id,registered_at,gpu_model,gpu_count,net_up_mbps,shoe\nd1,a1,2024-04-01T00:00:00Z,RTX 4090,1,NaN,42\nd2,a9,2024-04-01T00:00:00Z,RTX 4090,1,10,42\n',
      'accounts (1).csv': ACCOUNTS,
      'notes.txt': 'x',
    });
    expect(report.tables).toMatchObject([
      { table: 'accounts', files: 1, rows: { in: 5, loaded: 2, duplicate: 1, rejected: 2 } },
      { table: 'devices', files: 1, rows: { in: 2, loaded: 2, duplicate: 0, rejected: 0 } },
    ]);
    expect(report.refusals).toMatchObject([
      { file: 'accounts.csv', code: 'R_REQUIRED', column: 'account_id', rows: 1, line: 6 },
      { file: 'accounts.csv', code: 'R_TIME', column: 'created_at', rows: 1, line: 5 },
    ]);
    expect(report.orphans).toMatchObject([{ table: 'devices', column: 'account_id', rows: 1 }]);
    expect(report.ignored).toEqual([{ file: 'devices.csv', table: 'devices', column: 'shoe' }]);
    expect(report.unread).toMatchObject([{ file: 'accounts (1).csv', looksLike: 'accounts' }]);
    expect(report.unknown).toEqual(['notes.txt']);
    expect(report).toMatchObject({ snapshot: '2024-04-02T00:00:00.000Z', sealed: false, mapped: false });
  });

  it('needs no network time, which an audit must be told', async () => {
    const files = { 'accounts.csv': 'account_id,created_at\na1,\na2,\n' };
    expect(await checked(files)).toMatchObject({ snapshot: null, tables: [{ rows: { loaded: 2 } }] });
    const options = { dataset: join(folder, 'data'), threads: 1, memoryBytes: 2 ** 29, overrideBrakes: [] };
    const run = (name: string, more: { snapshot?: number } = {}) => {
      const out = join(folder, name);
      return audit({ ...options, out, workspace: `${out}.work`, ...more }, () => {});
    };
    await expect(run('untold')).rejects.toMatchObject({
      code: 'E_USAGE',
      detail: { expected: expect.stringContaining('at least one network time'), got: 'none' },
    });
    const told = await run('told', { snapshot: Date.UTC(2024, 3, 25) });
    expect(told.snapshot).toBe('2024-04-25T00:00:00.000Z');
    expect(told.summary.accounts.clear).toBe(2);
  });

  it('pulls the brake of the audit where too many owners lost input, and not for one', async () => {
    const rows = (bad: number) =>
      Array.from({ length: 10 }, (_, i) => `a${i},2024-04-01T00:00:00Z,${i < bad ? 'someday' : ''}\n`).join(
        '',
      );
    const head = 'account_id,created_at,wallet_set_at\n';
    expect((await checked({ 'accounts.csv': head + rows(1) })).brakes).toEqual([]);
    const { brakes, worst } = await checked({ 'accounts.csv': head + rows(3) });
    expect(brakes).toMatchObject([{ name: 'input-loss', segment: '', observed: 0.3, total: 10 }]);
    expect(worst).toContain('accounts.wallet_set_at (3 owners)');
  });

  it('names what can run and, for the others, what is absent', async () => {
    const { detectors } = await checked({ 'accounts.csv': ACCOUNTS });
    expect(detectors.run).toContain('wallet-shared');
    expect(detectors.notRun).toContainEqual({
      id: 'telemetry-physics',
      why: expect.stringMatching(/^absent: .*table heartbeats/),
    });
    expect(detectors.run.length + detectors.notRun.length).toBeGreaterThan(40);
  });

  it('reads offers without owners, and refuses a dataset of neither', async () => {
    const listings = 'network,listing_id,seen_at,gpu_model\nn,1,2024-04-01T00:00:00Z,RTX 4090\n';
    expect((await checked({ 'listings.csv': listings })).tables).toMatchObject([
      { table: 'listings', rows: { loaded: 1 } },
    ]);
    rmSync(join(folder, 'data'), { recursive: true });
    const points = 'account_id,epoch,points\na1,e1,1\n';
    await expect(checked({ 'points.csv': points })).rejects.toMatchObject({
      code: 'E_TABLE_MISSING',
      exitCode: 3,
    });
  });
});
