/**
 * One world of one seed: made, audited and boiled down to what the tables need. A finished cell is not made
 * again.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BRAKE_NAMES } from '../../contracts/verdict.ts';
import { superviseAudit } from '../../pipelines/supervise.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { drawWorld } from './draw.ts';
import type { DrawOptions } from './draw-grammar.ts';

const ROOT = new URL('../../', import.meta.url);

/** What decides the bytes of a cell: the code from world to verdict, and the policy. */
const DECISIVE = ['contracts', 'detectors', 'fixtures', 'pipelines', 'policies', 'statistics'];

/** SHA-256 over every source file that a cell depends on, tests and prose left out. */
export function fingerprint(): string {
  const hash = createHash('sha256');
  for (const room of DECISIVE) {
    const files = readdirSync(new URL(room, ROOT), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/(\.test\.ts|\/cases\.ts|\.md)$/.test(`/${entry.name}`))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(file.slice(fileURLToPath(ROOT).length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

export interface Limits {
  threads: number;
  memoryBytes: number;
}

export interface Cell {
  world: string;
  seed: number;
  /** Holds `run/` and `labels.csv`, and what `keep` wrote. */
  folder: string;
}

/** Files of a run directory that evaluation reads; the rest is removed to keep hundreds of cells small. */
const KEPT = new Set([
  'accounts.csv',
  'devices.csv',
  'network.csv',
  'terms.parquet',
  'manifest.json',
  'run.log.json',
]);

/** Writes what a bench needs beside the verdicts into the cell's folder, while its warehouse is there. */
export type Keep = (warehouse: Warehouse, at: (name: string) => string) => Promise<void>;

/**
 * Audits a dataset into `at('run')` with its workspace beside it, then lets `keep` read the warehouse. Throws
 * what the audit throws.
 */
export async function auditCell(
  dataset: string,
  at: (name: string) => string,
  limits: Limits,
  progress: (what: string) => void,
  keep?: Keep,
): Promise<void> {
  progress('audit');
  await superviseAudit(
    {
      dataset,
      out: at('run'),
      workspace: at('workspace'),
      ...limits,
      // A world of attackers trips the brakes on purpose; what they would stop is what is measured here.
      overrideBrakes: BRAKE_NAMES.map((name) => ({ name, why: 'a world with known truth is measured' })),
    },
    { progress() {} },
  );
  if (keep) {
    progress('what the bench keeps');
    const warehouse = await openWarehouse({
      path: join(at('workspace'), 'warehouse.duckdb'),
      threads: limits.threads,
      memory: `${limits.memoryBytes}B`,
    });
    try {
      await keep(warehouse, at);
    } finally {
      warehouse.close();
    }
  }
}

export interface CellPlan {
  world: string;
  seed: number;
  scale: number;
  work: string;
  source: string;
  /** Options of a world of the grammar; `world` is then a name for worlds of these options. */
  draw?: Omit<DrawOptions, 'seed' | 'out' | 'labels'>;
  /** Whatever else decides what `keep` writes. */
  key?: string;
  /** Leaves `dataset/` and `workspace/` in the folder, for whoever reads and removes them later. */
  stays?: boolean;
}

/** Writes the world of a cell into its folder, and its truth beside it, in a process of its own. */
async function makeWorld(
  { world, seed, scale, draw }: CellPlan,
  at: (name: string) => string,
): Promise<void> {
  if (draw) return drawWorld({ ...draw, seed, out: at('dataset'), labels: at('labels.csv') });
  const bin = fileURLToPath(new URL('apps/cli/bin.ts', ROOT));
  const made = ['world', world, '--seed', String(seed), '--scale', String(scale)];
  await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', bin, ...made, '--out', at('dataset'), '--labels', at('labels.csv')],
    { cwd: fileURLToPath(ROOT) },
  );
}

/** What a finished cell was made of. */
export function stampOf({ source, draw, key }: Pick<CellPlan, 'source' | 'draw' | 'key'>): string {
  return [source, ...(draw ? [JSON.stringify(draw)] : []), ...(key === undefined ? [] : [key])].join(' ');
}

/** The run and its truth stand in `work/WORLD-xSCALE-SEED`; throws what the audit throws. */
export async function makeCell(
  plan: CellPlan,
  limits: Limits,
  progress: (what: string) => void,
  keep?: Keep,
): Promise<Cell> {
  const { world, seed, scale, work, source } = plan;
  const folder = join(work, `${world}-x${scale}-${seed}`);
  const finished = join(folder, 'finished');
  const stamp = stampOf(plan);
  if (existsSync(finished) && readFileSync(finished, 'utf8') === stamp) return { world, seed, folder };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  progress('world');
  await makeWorld(plan, at);
  await auditCell(at('dataset'), at, limits, progress, keep);
  for (const name of readdirSync(at('run')))
    if (!KEPT.has(name)) rmSync(join(at('run'), name), { recursive: true });
  if (!plan.stays) for (const name of ['dataset', 'workspace']) rmSync(at(name), { recursive: true });
  if (fingerprint() !== source)
    throw new Error('the sources changed while the bench ran; run it from a copy that rests');
  writeFileSync(at('finishing'), stamp);
  renameSync(at('finishing'), finished);
  return { world, seed, folder };
}
