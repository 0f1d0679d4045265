import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GhostcardError } from '../../contracts/errors.ts';
import { MANIFEST_FILE, type RunManifest } from '../../contracts/run.ts';
import {
  checkOut,
  commitStaging,
  type Disk,
  dropStaging,
  locateRun,
  openStaging,
  realDisk,
  settle,
} from './run-folder.ts';

let base: string;
let out: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'ghostcard-folder-'));
  out = join(base, 'run');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const EMPTY: RunManifest = {
  format: 'ghostcard-run',
  version: 1,
  ghostcard: '0.0.0',
  snapshot: '2024-04-25T00:00:00.000Z',
  sealed: false,
  summary: {
    accounts: { exclude: 0, review: 0, clear: 0 },
    devices: { void: 0, review: 0, clear: 0, unverified: 0 },
    clusters: 0,
    findings: 0,
    expected_wrongful_exclusions: 0,
    points: { before: '0', excluded: '0', voided: '0', held: '0', payable: '0' },
  },
  backend: {},
  config: {},
  policy: { sha256: 'a'.repeat(64), content: {} },
  detectors: [],
  inputs: [],
  outputs: [],
};

function writeRun(folder: string, text: string, disk: Disk = realDisk): void {
  const staging = openStaging(folder, disk);
  writeFileSync(join(staging, 'accounts.csv'), text);
  const outputs = [{ file: 'accounts.csv', bytes: text.length, sha256: 'b'.repeat(64) }];
  writeFileSync(join(staging, MANIFEST_FILE), JSON.stringify({ ...EMPTY, outputs }));
  commitStaging(folder, disk);
}

function writeFolder(file: string, text: string): void {
  mkdirSync(out);
  writeFileSync(join(out, file), text);
}

const content = () => readFileSync(join(out, 'accounts.csv'), 'utf8');

class Killed extends Error {}

/** A disk whose process dies at its n-th operation: neither that nor a later one happens. */
function dyingDisk(at: number): Disk {
  let operations = 0;
  const guarded =
    <A extends unknown[]>(operation: (...given: A) => void) =>
    (...given: A): void => {
      if (++operations >= at) throw new Killed();
      operation(...given);
    };
  return {
    makeFolder: guarded(realDisk.makeFolder),
    sync: guarded(realDisk.sync),
    rename: guarded(realDisk.rename),
    remove: guarded(realDisk.remove),
  };
}

/**
 * Runs until the disk no longer kills; calls `check` after each death. Returns how many deaths there were.
 */
function killEverywhere(check: () => void, prepare: () => void): number {
  for (let at = 1; ; at++) {
    prepare();
    try {
      writeRun(out, 'new', dyingDisk(at));
      return at - 1;
    } catch (error) {
      if (!(error instanceof Killed || (error as Error).cause instanceof Killed)) throw error;
      check();
    }
  }
}

test('a kill at any step leaves the old run or the new one, whole', () => {
  const seen = new Set<string>();
  const deaths = killEverywhere(
    () => {
      expect(existsSync(join(locateRun(out), MANIFEST_FILE))).toBe(true);
      settle(out);
      seen.add(content());
      expect(JSON.parse(readFileSync(join(out, MANIFEST_FILE), 'utf8')).outputs).toHaveLength(1);
      expect(readdirSync(base)).toEqual(['run']);
    },
    () => writeRun(out, 'old'),
  );
  expect(deaths).toBeGreaterThan(6);
  expect([...seen].sort()).toEqual(['new', 'old']);
  expect(content()).toBe('new');
});

test('a kill at any step of a first run leaves nothing or the whole run', () => {
  const clean = () => rmSync(out, { recursive: true, force: true });
  const deaths = killEverywhere(() => {
    settle(out);
    if (existsSync(out)) expect(readdirSync(out).sort()).toEqual(['accounts.csv', MANIFEST_FILE]);
    expect(readdirSync(base).every((name) => name === 'run')).toBe(true);
  }, clean);
  expect(deaths).toBeGreaterThan(3);
});

test('the next run sweeps up without being asked', () => {
  writeRun(out, 'old');
  expect(() => writeRun(out, 'new', dyingDisk(6))).toThrow(Killed);
  writeRun(out, 'newer');
  expect(content()).toBe('newer');
  expect(readdirSync(base)).toEqual(['run']);
});

test('an empty folder is replaced, a failed run is dropped', () => {
  mkdirSync(out);
  writeRun(out, 'first');
  expect(content()).toBe('first');
  openStaging(out);
  dropStaging(out);
  expect(readdirSync(base)).toEqual(['run']);
  expect(content()).toBe('first');
});

test('a run of another version is replaced', () => {
  writeFolder(MANIFEST_FILE, '{"format":"ghostcard-run","version":0,"outputs":[{"file":"old.csv"}]}');
  writeFileSync(join(out, 'old.csv'), 'x');
  writeRun(out, 'new');
  expect(readdirSync(out).sort()).toEqual(['accounts.csv', MANIFEST_FILE]);
});

test.each<[string, () => void]>([
  ['a file', () => writeFileSync(out, 'thesis')],
  ['a folder of something else', () => writeFolder('thesis.txt', 'x')],
  ['a manifest of something else', () => writeFolder(MANIFEST_FILE, '{"name":"app"}')],
  [
    'a run with a foreign file',
    () => {
      writeRun(out, 'old');
      writeFileSync(join(out, 'notes.txt'), 'mine');
    },
  ],
  [
    'a link to a folder',
    () => {
      mkdirSync(join(base, 'real'));
      symlinkSync(join(base, 'real'), out);
    },
  ],
])('%s is not replaced', (_, prepare) => {
  prepare();
  const before = readdirSync(base).sort();
  expect(() => writeRun(out, 'new')).toThrow(expect.objectContaining({ code: 'E_OUT' }));
  expect(() => writeRun(out, 'new')).toThrow(GhostcardError);
  expect(readdirSync(base).sort()).toEqual(before);
});

test('a place that cannot take the result is refused before the work, and nothing is changed', () => {
  for (const free of ['run', 'a/b/run']) checkOut(join(base, free));
  expect(readdirSync(base)).toEqual([]);
  writeFolder('notes.txt', 'mine');
  expect(() => checkOut(out)).toThrow(/E_OUT/);
  expect(() => checkOut(join(out, 'notes.txt', 'run'))).toThrow(/E_OUT .*writable place/);
  expect(readdirSync(out)).toEqual(['notes.txt']);
});

// Linux alone has /proc, in which root may write by its rights and nobody can.
test.runIf(process.platform === 'linux')('a place where no folder can be made is refused', () => {
  for (const place of ['/proc/x', '/proc/x/y', '/proc/self/x', '/dev/null/x']) {
    expect(() => checkOut(place), place).toThrow(/E_OUT .*writable place/);
    expect(() => openStaging(place), place).toThrow(/E_OUT .*writable place/);
  }
});
