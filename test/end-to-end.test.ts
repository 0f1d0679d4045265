/** Whole audits through the built program: golden verdicts, same bytes, and what a kill leaves behind. */
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunManifest } from '../contracts/run.ts';
import { writeWorld } from '../fixtures/worlds/world.ts';

const BIN = 'dist/apps/cli/bin.js';
let folder: string;
let dataset: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-'));
  dataset = join(folder, 'tiny');
  await writeWorld('tiny', { seed: 5, scale: 1, out: dataset, labels: join(folder, 'labels.csv') });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function audit(
  name: string,
  data: string,
  flags: string[] = [],
  env: Record<string, string> = {},
): RunManifest {
  const out = join(folder, name);
  execFileSync(
    process.execPath,
    [BIN, 'audit', data, '--out', out, '--quiet', '--memory', '1GiB', ...flags],
    {
      env: { ...process.env, ...env },
    },
  );
  return manifestOf(out);
}

function manifestOf(out: string): RunManifest {
  return JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as RunManifest;
}

const digests = ({ outputs }: RunManifest) =>
  Object.fromEntries(outputs.map(({ file, sha256 }) => [file, sha256]));
/**
 * Files that say what the input files are called or sum to: the report and columns.csv print names, the list
 * binds digests.
 */
const NAMES_INPUTS = ['report.html', 'exclusions.json', 'columns.csv'];
const digestsOfResults = (manifest: RunManifest) =>
  Object.fromEntries(Object.entries(digests(manifest)).filter(([file]) => !NAMES_INPUTS.includes(file)));
/** Values kept, empty and lost of each column, over all files of its table. */
function valuesOf(name: string): Record<string, number[]> {
  const sums: Record<string, number[]> = {};
  for (const row of parse(text(name, 'columns.csv'), { columns: true }) as Record<string, string>[]) {
    if (row.state !== 'read') continue;
    const key = `${row.table}.${row.column}`;
    const own = sums[key] ?? [0, 0, 0];
    sums[key] = own;
    for (const [i, count] of [row.kept, row.empty, row.lost].entries()) own[i]! += Number(count);
  }
  return sums;
}
const text = (name: string, file: string) => readFileSync(join(folder, name, file), 'utf8');

describe('the tiny world', () => {
  it('gets its golden verdicts', async () => {
    audit('golden', dataset, ['--threads', '1']);
    for (const file of ['accounts.csv', 'devices.csv', 'clusters.csv', 'exclusions.csv']) {
      await expect(text('golden', file)).toMatchFileSnapshot(`../fixtures/golden/tiny/${file}`);
    }
  });

  it('loses no row: in = loaded + duplicate + rejected, for every file', () => {
    const { inputs } = manifestOf(join(folder, 'golden'));
    expect(inputs.length).toBeGreaterThan(5);
    for (const { rows } of inputs) expect(rows.in).toBe(rows.loaded + rows.duplicate + rows.rejected);
  });
});

describe('the demo world', () => {
  it('gets its golden list, within a fresh folder and without a dataset', async () => {
    const out = join(folder, 'demo');
    execFileSync(process.execPath, [BIN, 'audit', '--out', out, '--quiet']);
    for (const file of ['clusters.csv', 'exclusions.csv', 'network.csv', 'supply.csv']) {
      await expect(text('demo', file)).toMatchFileSnapshot(`../fixtures/golden/demo/${file}`);
    }
  });
});

describe('the same bytes in every file', () => {
  const expected = () => readFileSync(join(folder, 'golden', 'manifest.json'), 'utf8');

  it.each(['2', '4'])('on %s threads', (threads) => {
    audit(`threads-${threads}`, dataset, ['--threads', threads]);
    expect(text(`threads-${threads}`, 'manifest.json')).toBe(expected());
  });

  it('in another time zone and locale, within other memory', () => {
    const env = { TZ: 'America/New_York', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
    audit('elsewhere', dataset, ['--threads', '2', '--memory', '512MiB'], env);
    expect(text('elsewhere', 'manifest.json')).toBe(expected());
  });

  it('whatever the heartbeat files are called', () => {
    const shuffled = join(folder, 'shuffled');
    cpSync(dataset, shuffled, { recursive: true });
    const days = readdirSync(join(shuffled, 'heartbeats')).sort();
    let listing = readFileSync(join(shuffled, 'MANIFEST.csv'), 'utf8');
    for (const [i, day] of days.entries()) {
      const name = `part-${days.length - i}.parquet`;
      renameSync(join(shuffled, 'heartbeats', day), join(shuffled, 'heartbeats', name));
      listing = listing.replace(`heartbeats/${day}`, `heartbeats/${name}`);
    }
    writeFileSync(join(shuffled, 'MANIFEST.csv'), listing);
    const wanted = digestsOfResults(JSON.parse(expected()) as RunManifest);
    expect(digestsOfResults(audit('shuffled-run', shuffled))).toEqual(wanted);
    expect(valuesOf('shuffled-run')).toEqual(valuesOf('golden'));
  });

  it('from CSV and NDJSON', async () => {
    for (const format of ['csv', 'ndjson'] as const) {
      const copy = join(folder, `tiny-${format}`);
      await writeWorld('tiny', { seed: 5, scale: 1, out: copy, format });
      const wanted = digestsOfResults(JSON.parse(expected()) as RunManifest);
      expect(digestsOfResults(audit(`from-${format}`, copy)), format).toEqual(wanted);
      expect(valuesOf(`from-${format}`), format).toEqual(valuesOf('golden'));
    }
  });
});

describe('a killed run', () => {
  it('leaves the old result whole and is resumed to the same bytes', async () => {
    const out = join(folder, 'killed');
    cpSync(join(folder, 'golden'), out, { recursive: true });
    const before = text('killed', 'manifest.json');
    for (const delay of [700, 1500, 2500, 4000]) {
      const child = spawn(process.execPath, [BIN, 'audit', dataset, '--out', out, '--quiet'], {
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await sleep(delay);
      child.kill('SIGKILL');
      await ended;
      expect(text('killed', 'manifest.json')).toBe(before);
      // The worker sees its parent go and ends itself; its lock goes with it.
      for (let i = 0; i < 100 && lockHolderLives(`${out}.workspace`); i++) await sleep(100);
    }
    audit('killed', dataset);
    expect(text('killed', 'manifest.json')).toBe(before);
  });

  function lockHolderLives(workspace: string): boolean {
    const lock = join(workspace, 'lock');
    if (!existsSync(lock)) return false;
    try {
      process.kill(Number(readFileSync(lock, 'utf8')), 0);
      return true;
    } catch {
      return false;
    }
  }
});

describe('refusals', () => {
  const refusal = (...args: string[]) => {
    try {
      execFileSync(process.execPath, [BIN, ...args], { stdio: 'pipe' });
    } catch (error) {
      const { status, stderr } = error as { status: number; stderr: Buffer };
      return { status, code: /^E_[A-Z_]+/m.exec(stderr.toString())?.[0] ?? stderr.toString() };
    }
    return { status: 0, code: '' };
  };

  it('leave with their code and exit status', () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const out = join(folder, 'refused');
    expect(refusal('audit', empty, '--out', out)).toEqual({ status: 3, code: 'E_DATASET_MISSING' });
    expect(refusal('audit', dataset, '--out', out, '--policy', join(folder, 'labels.csv'))).toEqual({
      status: 3,
      code: 'E_POLICY',
    });
    expect(refusal('explain', join(folder, 'golden'), 'nobody')).toEqual({ status: 5, code: 'E_SUBJECT' });
    expect(refusal('explain', empty, 'nobody').code).toBe('E_RUN');
    expect(refusal('audit', dataset)).toMatchObject({ status: 2 });
    expect(existsSync(out)).toBe(false);
  });

  it('a folder that is no run is not replaced', () => {
    const precious = join(folder, 'precious');
    mkdirSync(precious);
    writeFileSync(join(precious, 'thesis.txt'), 'x');
    expect(refusal('audit', dataset, '--out', precious).code).toBe('E_OUT');
    expect(readdirSync(precious)).toEqual(['thesis.txt']);
  });
});
