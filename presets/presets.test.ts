/**
 * Each preset end to end: a raw export, `init` without a question, `audit`, and nothing called clean that
 * nobody saw.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { audit } from '../pipelines/audit.ts';
import type { AuditOptions } from '../pipelines/audit-options.ts';
import { init } from '../pipelines/init/init.ts';

interface RightAnswer {
  /** Table: path or glob that feeds it. */
  recognised: Record<string, string>;
  loaded: Record<string, number>;
  /** Tables that such an export cannot fill. */
  cannot: string[];
  /** Files of no known sort. */
  unread: string[];
  /** Network, model, listings, offers, available ones, cards, offers without a count. */
  listed: string[];
}

const FOLDER = fileURLToPath(new URL('./', import.meta.url));
const SAVED = Date.UTC(2025, 10, 21, 9);
/** What no public export carries: their detectors must stand as not run. */
const UNSEEN = ['telemetry-physics', 'benchmark-below-claim', 'gpu-identity-shared', 'supply-ladder'];

const scratch = mkdtempSync(join(tmpdir(), 'ghostcard-presets-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const presets = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const auditOptions = (dataset: string, out: string): AuditOptions => ({
  ...{ dataset, out, workspace: `${out}-work`, overrideBrakes: [] },
  ...{ threads: 1, memoryBytes: 2 ** 29 },
});

function rawExport(id: string): string {
  const folder = join(scratch, id);
  cpSync(join(FOLDER, id, 'fixture'), folder, { recursive: true });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), SAVED / 1000, SAVED / 1000);
  }
  return folder;
}

describe.each(presets)('the export of %s', (id) => {
  const right = JSON.parse(readFileSync(join(FOLDER, id, 'right.json'), 'utf8')) as RightAnswer;
  const dataset = rawExport(id);
  const out = join(scratch, `${id}-run`);
  const lines = (file: string) => readFileSync(join(out, file), 'utf8').trimEnd().split('\n');

  it('is recognised with no question asked', async () => {
    const report = await init({ dataset, force: false });
    expect(Object.fromEntries(report.tables.map(({ table, file }) => [table, file]))).toEqual(
      right.recognised,
    );
    expect(report.cannot.map(({ what }) => what)).toEqual(right.cannot);
    expect(report.unread.map(({ what }) => what)).toEqual(right.unread);
    expect(report.supplyOnly).toBe(!('accounts' in right.recognised));
    expect(report.detectors.run).toEqual(expect.not.arrayContaining(UNSEEN));
  });

  it('is audited as drafted: every row loaded, nobody accused, the unseen named', async () => {
    const { summary, inputs } = await audit(auditOptions(dataset, out), () => {});
    const loaded: Record<string, number> = {};
    for (const { table, rows } of inputs) {
      loaded[table] = (loaded[table] ?? 0) + rows.loaded;
      expect(rows.rejected).toBe(0);
    }
    expect(loaded).toEqual(right.loaded);
    expect(summary.accounts).toEqual({ exclude: 0, review: 0, clear: right.loaded.accounts ?? 0 });
    expect([summary.devices.void, summary.devices.review]).toEqual([0, 0]);
    const notRun = lines('coverage.csv').filter((line) => line.includes(',not-run,'));
    for (const detector of UNSEEN) expect(notRun.some((line) => line.startsWith(`${detector},`))).toBe(true);
    const counted = lines('listed.csv').slice(1);
    expect(counted.map((line) => line.split(',').slice(0, 7).join(','))).toEqual(right.listed);
  });

  it('knows no time that the network did not state', () => {
    const draft = readFileSync(join(dataset, 'ghostcard.yaml'), 'utf8');
    expect(draft).not.toMatch(/^ +(created_at|registered_at|gpu_count):.*constant/m);
    expect(draft).not.toMatch(/^ +(created_at|registered_at):/m);
  });
});

describe('a published list of wallets', () => {
  it('beside accounts names the listed one, and nobody else', async () => {
    const dataset = join(scratch, 'listed');
    const out = join(scratch, 'listed-run');
    mkdirSync(dataset);
    const wallet = (n: number) => `0x${String(n).padStart(40, '0')}`;
    const accounts = [1, 2, 3].map((n) => `a${n},2025-04-0${n}T00:00:00Z,${wallet(n)}`);
    writeFileSync(join(dataset, 'accounts.csv'), `account_id,created_at,wallet\n${accounts.join('\n')}\n`);
    writeFileSync(join(dataset, 'eliminated.csv'), `address\n${[2, 8, 9].map(wallet).join('\n')}\n`);
    await init({ dataset, force: false });
    await audit(auditOptions(dataset, out), () => {});
    const findings = readFileSync(join(out, 'evidence.ndjson'), 'utf8').trimEnd().split('\n');
    const named = findings.map((line) => JSON.parse(line) as { subject_id: string; detector: string });
    expect(named.map(({ subject_id, detector }) => [subject_id, detector])).toEqual([['a2', 'prior-list']]);
  });
});

describe('an export without owners', () => {
  it('says in the report that nobody was judged', () => {
    const page = readFileSync(join(scratch, 'prime-run', 'report.html'), 'utf8');
    expect(page).toContain('this is a supply report: nobody was judged');
    expect(page).toContain('H100_80GB');
  });
});
