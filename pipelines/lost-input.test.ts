/** Audits of datasets that were not read whole: nothing of it is silent, and no few owners can stop a run. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunManifest } from '../contracts/run.ts';
import type { BrakeOverride } from '../contracts/verdict.ts';
import { audit } from './audit.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OWNERS = Array.from({ length: 6 }, (_, i) => i);

/** Six owners with a machine each; heartbeats whose times are written as `time` gives them. */
function dataset(name: string, time: (owner: number) => string): string {
  const path = join(folder, name);
  mkdirSync(path);
  const write = (table: string, header: string, rows: readonly string[]) =>
    writeFileSync(join(path, `${table}.csv`), `${[header, ...rows].join('\n')}\n`);
  const at = '2024-04-20T00:00:00.000Z';
  write(
    'accounts',
    'account_id,created_at',
    OWNERS.map((i) => `acct-${i},${at}`),
  );
  write(
    'devices',
    'device_id,account_id,registered_at,gpu_model,gpu_count',
    OWNERS.map((i) => `dev-${i},acct-${i},${at},NVIDIA GeForce RTX 4090,1`),
  );
  write(
    'heartbeats',
    'device_id,received_at,ip',
    OWNERS.map((i) => `dev-${i},${time(i)},192.0.2.${i}`),
  );
  return path;
}

async function audited(path: string, overrideBrakes: BrakeOverride[] = []) {
  const out = `${path}-run`;
  const limits = { threads: 1, memoryBytes: 2 ** 30 };
  const manifest: RunManifest = await audit(
    { dataset: path, out, workspace: `${out}.workspace`, overrideBrakes, ...limits },
    () => {},
  );
  return { manifest, brakes: readFileSync(join(out, 'brakes.csv'), 'utf8') };
}

describe('an audit of which every heartbeat was refused', () => {
  it('stops with exit 4 and the first refused row, and passes with a reason that stands in the run', async () => {
    const path = dataset('refused', () => '20 April 2024');
    const stopped = await audited(path).catch((error) => error);
    expect(stopped).toMatchObject({ code: 'E_BRAKE', exitCode: 4 });
    expect(stopped.detail.subject).toBe('brake input-loss');
    expect(stopped.detail.got).toContain('heartbeats.csv line 2, received_at');

    const { manifest, brakes } = await audited(path, [{ name: 'input-loss', why: 'the logger was down' }]);
    expect(brakes).toContain('input-loss,heartbeats,1,0.2,6,the logger was down');
    const { coverage, devices } = manifest.summary;
    expect(coverage!.loss).toMatchObject({ owners: 6, hit: 6, warn: true });
    expect(coverage!.devices).toMatchObject({ all: 6, looked_at: 0, clear_not_looked_at: devices.clear });
  });
});

describe('an audit of which one owner lost his rows', () => {
  it('goes on', async () => {
    const path = dataset('one', (i) => (i === 0 ? 'garbage' : '2024-04-21T00:00:00.000Z'));
    const { manifest, brakes } = await audited(path);
    expect(brakes.trim().split('\n')).toHaveLength(1);
    expect(manifest.inputs.find(({ table }) => table === 'heartbeats')!.rows).toMatchObject({
      in: 6,
      loaded: 5,
    });
  });
});
