/** Verdicts of cells under several policies, by judging the evidence of their audits again. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../contracts/policy.ts';
import type { RunManifest } from '../../contracts/run.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { CLEAR, FINAL, HELD } from '../../runs/evaluate/sample.ts';
import { outcomeOf } from '../rejudge/rejudge.ts';
import type { Cell, Limits } from '../worlds/cells.ts';
import { type Pool, prefixOf } from '../worlds/pool.ts';
import { digestOf, SHIPPED } from './policies.ts';

interface Verdicts {
  policies: string;
  /** By name of the policy: subjects as `account ID` and `device ID`. */
  by: Record<string, { final: string[]; held: string[] }>;
}

const FILE = 'verdicts.json';

/** Judges the open warehouse of a cell by each policy and writes what came out into the cell's folder. */
export async function writeVerdicts(
  warehouse: Warehouse,
  at: (name: string) => string,
  policies: ReadonlyMap<string, Policy>,
): Promise<void> {
  const manifest = JSON.parse(readFileSync(at('run/manifest.json'), 'utf8')) as RunManifest;
  const by: Verdicts['by'] = {};
  for (const [name, policy] of policies) {
    if (name === SHIPPED) continue;
    const { final, held } = await outcomeOf(warehouse, Date.parse(manifest.snapshot), policy);
    by[name] = { final: [...final].sort(), held: [...held].sort() };
  }
  writeFileSync(at(FILE), JSON.stringify({ policies: digestOf(policies), by }));
}

/**
 * True when the cell has the verdicts of these policies. They are made from its workspace where that stands;
 * workspace and dataset are removed then.
 */
export async function judgeCell(
  { folder }: Cell,
  policies: ReadonlyMap<string, Policy>,
  limits: Limits,
): Promise<boolean> {
  const at = (name: string) => join(folder, name);
  const known = existsSync(at(FILE)) ? (JSON.parse(readFileSync(at(FILE), 'utf8')) as Verdicts) : null;
  if (known?.policies !== digestOf(policies)) {
    if (!existsSync(at('workspace'))) return false;
    const warehouse = await openWarehouse({
      path: join(at('workspace'), 'warehouse.duckdb'),
      threads: limits.threads,
      memory: `${limits.memoryBytes}B`,
    });
    try {
      await writeVerdicts(warehouse, at, policies);
    } finally {
      warehouse.close();
    }
  }
  for (const name of ['dataset', 'workspace']) rmSync(at(name), { recursive: true, force: true });
  return true;
}

/** The pool with the outcomes of another policy. */
export function judgedBy(
  policy: string,
  pool: Pool,
  kind: 'account' | 'device',
  cells: readonly Cell[],
): Pool {
  if (policy === SHIPPED) return pool;
  const outcomes = new Map<string, number>();
  for (const cell of cells) {
    const { by } = JSON.parse(readFileSync(join(cell.folder, FILE), 'utf8')) as Verdicts;
    const found = by[policy];
    if (!found) throw new Error(`${cell.folder} has no verdicts by ${policy}`);
    const take = (names: readonly string[], outcome: number) => {
      for (const name of names)
        if (name.startsWith(`${kind} `)) outcomes.set(prefixOf(cell) + name.slice(kind.length + 1), outcome);
    };
    take(found.final, FINAL);
    take(found.held, HELD);
  }
  const { sample } = pool;
  return {
    ...pool,
    sample: { ...sample, outcome: Uint8Array.from(sample.ids, (id) => outcomes.get(id) ?? CLEAR) },
  };
}
