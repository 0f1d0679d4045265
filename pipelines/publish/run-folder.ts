/**
 * The run directory is replaced as a whole: written beside its place, synced, then renamed into it. A kill at
 * any point leaves the old result whole or the new one whole, and the next run sweeps up what was left lying.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { GhostcardError } from '../../contracts/errors.ts';
import { AnyManifestSchema, MANIFEST_FILE, RUN_LOG_FILE, SIGNATURE_FILE } from '../../contracts/run.ts';
import { makeFolder, nearestExisting } from '../warehouse/make-folder.ts';

/** The disk operations that change something, so that tests can stop the process at each of them. */
export interface Disk {
  makeFolder(path: string): void;
  sync(path: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
}

export const realDisk: Disk = {
  makeFolder,
  sync(path) {
    const handle = openSync(path, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  },
  rename: renameSync,
  remove: (path) => rmSync(path, { recursive: true, force: true }),
};

interface Places {
  out: string;
  parent: string;
  staging: string;
  retired: string;
}

function placesOf(folder: string): Places {
  const out = resolve(folder);
  const parent = dirname(out);
  const name = basename(out);
  return {
    out,
    parent,
    staging: join(parent, `.${name}.ghostcard-new`),
    retired: join(parent, `.${name}.ghostcard-old`),
  };
}

/**
 * Finishes what a killed run left: with the result renamed away but the new one not yet in place, the
 * complete new one takes the place, else the old one goes back; everything else is removed.
 */
export function settle(folder: string, disk: Disk = realDisk): void {
  const { out, staging, retired } = placesOf(folder);
  if (!existsSync(out) && existsSync(retired)) {
    disk.rename(existsSync(join(staging, MANIFEST_FILE)) ? staging : retired, out);
  }
  for (const left of [staging, retired]) if (existsSync(left)) disk.remove(left);
}

/**
 * Where the result of a run lies right now, for readers: in its place, or, after a kill between the two
 * renames, where `settle` would fetch it from. Changes nothing.
 */
export function locateRun(folder: string): string {
  const { out, staging, retired } = placesOf(folder);
  if (existsSync(out) || !existsSync(retired)) return out;
  return existsSync(join(staging, MANIFEST_FILE)) ? staging : retired;
}

/** Throws E_OUT unless the folder is absent, empty, or a run in which every file is one that a run writes. */
function refuseForeign(out: string): void {
  const refuse: (got: string) => never = (got) => {
    throw new GhostcardError('E_OUT', {
      subject: out,
      expected: 'no folder, an empty folder, or an earlier run',
      got,
      todo: 'Name another folder with --out, or move what it holds.',
    });
  };
  if (basename(out) === '') refuse('the root of the file system');
  const status = lstatSync(out, { throwIfNoEntry: false });
  if (status === undefined) return;
  if (!status.isDirectory()) refuse('something that is not a folder');
  const files = readdirSync(out);
  if (files.length === 0) return;
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(join(out, MANIFEST_FILE), 'utf8'));
  } catch {
    refuse(`a folder without a readable ${MANIFEST_FILE}`);
  }
  const manifest = AnyManifestSchema.safeParse(parsed);
  if (!manifest.success) refuse(`a ${MANIFEST_FILE} that no run wrote`);
  const known = new Set([
    MANIFEST_FILE,
    RUN_LOG_FILE,
    SIGNATURE_FILE,
    ...manifest.data.outputs.map(({ file }) => file),
  ]);
  const foreign = files.filter((file) => !known.has(file)).sort()[0];
  if (foreign !== undefined) refuse(`a run with a file of someone else's: ${JSON.stringify(foreign)}`);
}

/**
 * Says before the work begins that the result could not be put in its place after it. Leaves nothing behind.
 * Throws E_OUT when `out` holds anything but an earlier run, or when no folder can be made in the nearest one
 * above it that exists.
 */
export function checkOut(folder: string): void {
  const { out, parent } = placesOf(folder);
  try {
    // Asking for the rights is not enough: root has them in /proc and on media that are read-only.
    rmdirSync(mkdtempSync(join(nearestExisting(parent), '.ghostcard-try-')));
  } catch (error) {
    throw unwritable(out, error, `no folder can be made in ${nearestExisting(parent)}`);
  }
  refuseForeign(out);
}

function unwritable(out: string, cause: unknown, got = (cause as Error).message): GhostcardError {
  const detail = { subject: out, expected: 'a writable place', got, todo: 'Name another folder with --out.' };
  return new GhostcardError('E_OUT', detail, { cause });
}

/** An empty folder beside `out` to write the run into. Throws E_OUT when `out` may not be replaced. */
export function openStaging(folder: string, disk: Disk = realDisk): string {
  const { out, parent, staging } = placesOf(folder);
  try {
    disk.makeFolder(parent);
    settle(folder, disk);
    refuseForeign(out);
    disk.makeFolder(staging);
  } catch (error) {
    if (error instanceof GhostcardError) throw error;
    throw unwritable(out, error);
  }
  return staging;
}

/** Makes the staged files durable, then puts them in the place of the earlier result. */
export function commitStaging(folder: string, disk: Disk = realDisk): void {
  const { out, parent, staging, retired } = placesOf(folder);
  for (const file of readdirSync(staging).sort()) disk.sync(join(staging, file));
  disk.sync(staging);
  if (existsSync(out)) disk.rename(out, retired);
  disk.rename(staging, out);
  disk.sync(parent);
  if (existsSync(retired)) disk.remove(retired);
}

/** Removes a staging folder whose run failed. */
export function dropStaging(folder: string, disk: Disk = realDisk): void {
  disk.remove(placesOf(folder).staging);
}
