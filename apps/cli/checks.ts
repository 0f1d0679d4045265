/** What `doctor` looks at: each check says what it found, whether that will do, and what to do otherwise. */
import { statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { loadDetectors } from '../../pipelines/detect/registry.ts';
import { loadPolicy } from '../../pipelines/judge/policy.ts';
import { openBackend } from '../../pipelines/models/backend.ts';
import { nearestExisting } from '../../pipelines/warehouse/make-folder.ts';
import { openWarehouse } from '../../pipelines/warehouse/warehouse.ts';
import { crc32Refused } from './gzip-probe.ts';

export interface Check {
  name: string;
  status: 'ok' | 'warn' | 'fail';
  found: string;
  /** What to do; empty when all is well. */
  todo: string;
}

const GIB = 2 ** 30;
/**
 * Oldest minor release of each older major that loads ES modules by their syntax (Node.js documentation,
 * --experimental-detect-module): networkanalysis-ts is one without saying so. Newer majors all do. `engines`
 * says the same.
 */
const OLDEST_MINOR: Readonly<Record<number, number>> = { 20: 19, 22: 7 };
const NEWEST_LISTED = 22;
/** The default of `audit --memory`, and twice it so that the rest of the machine has air. */
const LEAST_MEMORY = 4 * GIB;
const GOOD_MEMORY = 8 * GIB;
/** A workspace takes about the size of the dataset as Parquet, and spills while it sorts. */
const LEAST_DISK = 2 * GIB;
const GOOD_DISK = 20 * GIB;

const ok = (name: string, found: string): Check => ({ name, status: 'ok', found, todo: '' });

export function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major > NEWEST_LISTED || minor >= (OLDEST_MINOR[major] ?? Number.POSITIVE_INFINITY))
    return ok('Node.js', version);
  return {
    name: 'Node.js',
    status: 'fail',
    found: version,
    todo: 'Install Node.js 20.19 or newer of the 20 line, or 22.7 or newer.',
  };
}

/** Judges an amount of bytes against what is needed and what is comfortable. */
export function sizeCheck(name: string, bytes: number, least: number, good: number, todo: string): Check {
  const found = `${(bytes / GIB).toFixed(1)} GiB`;
  if (bytes >= good) return ok(name, found);
  return { name, status: bytes < least ? 'fail' : 'warn', found, todo };
}

/** The machine's memory, or the container's limit where that is smaller. */
function memoryCheck(): Check {
  const limit = process.constrainedMemory?.() ?? 0;
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return sizeCheck(
    'memory',
    bytes,
    1 * GIB,
    GOOD_MEMORY,
    `Below ${LEAST_MEMORY / GIB} GiB name less to audit with --memory.`,
  );
}

function coresCheck(): Check {
  const cores = availableParallelism();
  if (cores > 1) return ok('cores', String(cores));
  return { name: 'cores', status: 'warn', found: '1', todo: 'An audit works on one core, only slower.' };
}

/** Free space where the workspace will lie: its nearest folder that exists. */
function diskCheck(workspace: string): Check {
  const folder = nearestExisting(workspace);
  const { bavail, bsize } = statfsSync(folder);
  const todo = 'Free some space, or name another disk with audit --workspace.';
  return sizeCheck(`disk at ${folder}`, bavail * bsize, LEAST_DISK, GOOD_DISK, todo);
}

/** Runs a check that may throw; the error is what it found. */
async function attempt(name: string, todo: string, work: () => Promise<string> | string): Promise<Check> {
  try {
    return ok(name, await work());
  } catch (error) {
    return { name, status: 'fail', found: (error as Error).message.split('\n')[0]!, todo };
  }
}

async function duckdb(): Promise<string> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '128MB' });
  try {
    return (await warehouse.row<{ version: string }>('SELECT version() AS version')).version;
  } finally {
    warehouse.close();
  }
}

/** Slow WebAssembly is no failure: detectors that need nothing learned run without it. */
async function backendCheck(): Promise<Check> {
  const name = 'TensorFlow.js';
  const check = await attempt(name, 'Reinstall with npm ci.', async () => {
    const backend = await openBackend();
    return `${backend.name} ${backend.version}`;
  });
  if (!check.found.startsWith('cpu')) return check;
  return { ...check, status: 'warn', todo: 'WebAssembly does not start here; learning will be slow.' };
}

/** All checks, in the order in which they matter. */
export async function runChecks(workspace: string, version: string): Promise<Check[]> {
  const reinstall = 'Reinstall with npm ci.';
  return [
    ok('ghostcard', version),
    nodeCheck(process.version),
    await attempt('DuckDB', `${reinstall} The binding must match this platform.`, duckdb),
    await backendCheck(),
    await attempt(
      'gzip',
      'This Node.js accepts damaged gzip files; install an official build.',
      crc32Refused,
    ),
    await attempt('detectors', reinstall, async () => `${(await loadDetectors()).length}`),
    await attempt('policy', reinstall, () => loadPolicy().name),
    memoryCheck(),
    coresCheck(),
    diskCheck(workspace),
  ];
}
