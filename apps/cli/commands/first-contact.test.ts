/** `init` and `check` as people call them: what they print, and how they leave. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../run.ts';

let dataset: string;
beforeEach(() => {
  dataset = mkdtempSync(join(tmpdir(), 'ghostcard-first-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dataset, { recursive: true, force: true });
});

const HOSTILE = '\u001b[2J';
const offer = (id: number) => ({
  ...{ id, machine_id: 7, host_id: 9, gpu_name: 'RTX 4090', num_gpus: 1 },
  ...{ dph_total: 0.4, rentable: true, [`x${HOSTILE}`]: 1 },
});

async function called(...argv: string[]): Promise<{ exit: number; out: string; error: string }> {
  const said = { out: '', error: '' };
  const into = (name: 'out' | 'error') => (chunk: string | Uint8Array) => {
    said[name] += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(into('error'));
  const exit = await run(['node', 'ghostcard', ...argv]);
  vi.restoreAllMocks();
  return { exit, ...said };
}

describe('init and check', () => {
  it('say what each table gets, what nobody can look at, and the next command', async () => {
    const file = join(dataset, 'offers.json');
    writeFileSync(file, JSON.stringify([offer(1), offer(2)]));
    utimesSync(file, 1_730_000_000, 1_730_000_000);
    const drafted = await called('init', dataset);
    expect(drafted).toMatchObject({ exit: 0, error: '' });
    expect(drafted.out).toMatch(/^accounts +offers\.json +Vast\.ai, offers .* account_id$/m);
    expect(drafted.out).toContain('Not looked at, which is not the same as clean');
    expect(drafted.out).toContain('  heartbeats: no temperature, power or load is published over time\n');
    expect(drafted.out).toContain(`next        npx ghostcard audit ${dataset} --out out/`);

    const checked = await called('check', dataset, '--quiet');
    expect(checked).toMatchObject({ exit: 0, error: '' });
    expect(checked.out).toMatch(/^Dataset as of 2024-10-27T03:33:20\.000Z/);
    expect(checked.out).toMatch(/^accounts +1 +2 +1 +1 +0$/m);
    expect(checked.out).toContain('telemetry-physics');
    expect(checked.out).not.toContain('\u001b');

    const again = await called('init', dataset);
    expect(again.exit).toBe(1);
    expect(again.error).toContain('--force');
  });

  it('speak JSON, errors included, with the exit codes of audit', async () => {
    const empty = await called('init', dataset, '--json');
    expect(empty.exit).toBe(3);
    expect(JSON.parse(empty.error)).toMatchObject({ error: { code: 'E_DATASET_MISSING' } });
    const none = await called('check', join(dataset, 'none'), '--json');
    expect(none.exit).toBe(3);
    writeFileSync(join(dataset, 'offers.json'), JSON.stringify([offer(1)]));
    const report = JSON.parse((await called('init', dataset, '--json')).out);
    expect(report.tables.map(({ table }: { table: string }) => table)).toEqual([
      'accounts',
      'devices',
      'listings',
    ]);
    expect(report.detectors.notRun.length).toBeGreaterThan(30);
  });

  it('say what is missing instead of a command that must fail', async () => {
    const lists = `wallet\n${['a', 'b', 'c'].map((c) => `0x${c.repeat(40)}\n`).join('')}`;
    writeFileSync(join(dataset, 'sybils.csv'), lists);
    const list = await called('init', dataset);
    expect(list.out).toContain('Missing before an audit can start\n  table accounts: absent');
    expect(list.out).not.toMatch(/^next /m);
    rmSync(join(dataset, 'ghostcard.yaml'));
    writeFileSync(join(dataset, 'accounts.csv'), 'account_id,created_at\na1,2024-04-01T00:00:00Z\n');
    expect((await called('init', dataset, '--force')).out).toMatch(/^next /m);
    writeFileSync(join(dataset, 'devices.csv.zst'), 'x');
    const packed = await called('init', dataset, '--force');
    expect(packed.out).toMatch(/^ {2}devices\.csv\.zst: a form that is not read\. .*zstd -d/m);
    expect(packed.out).not.toMatch(/^next /m);
  });

  it('keep to the width of the terminal', async () => {
    writeFileSync(join(dataset, 'offers.json'), JSON.stringify([offer(1), offer(2)]));
    const { isTTY, columns } = process.stdout;
    Object.assign(process.stdout, { isTTY: true, columns: 60 });
    try {
      for (const argv of [
        ['init', dataset],
        ['check', dataset, '--quiet'],
      ]) {
        const { out } = await called(...argv);
        expect(out).toContain('Can run:');
        const lines = stripVTControlCharacters(out).split('\n');
        expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(60);
      }
    } finally {
      Object.assign(process.stdout, { isTTY, columns });
    }
  });

  it('count one file as one', async () => {
    writeFileSync(join(dataset, 'notes.csv'), 'x,y\n1,2\n');
    expect((await called('init', dataset)).error).toContain('1 file, which is not recognised');
    expect((await called('check', dataset, '--quiet')).error).toContain('1 file, which belongs to no table');
  });
});
