/** The cells of a set of worlds, with their verdicts under several policies. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../contracts/policy.ts';
import { type Cell, fingerprint, makeCell } from '../worlds/cells.ts';
import type { Making, WorldSet } from './sets.ts';
import { judgeCell } from './verdicts.ts';

/** Audits of one set; dataset and workspace stay until `judgeAll`. */
export async function cellsOf({ name, seeds, draw }: WorldSet, { work, limits }: Making): Promise<Cell[]> {
  mkdirSync(work, { recursive: true });
  const source = fingerprint();
  const cells: Cell[] = [];
  for (const seed of seeds) {
    const started = Date.now();
    const step = (what: string) => process.stderr.write(`${name}, seed ${seed}: ${what}\n`);
    const plan = { world: name, seed, scale: 1, work, source, draw, stays: true };
    cells.push(await makeCell(plan, limits, step));
    step(`done, ${((Date.now() - started) / 1000).toFixed(0)} s`);
  }
  return cells;
}

/** Judges the cells of a set by every policy. A cell whose workspace is gone is audited again. */
export async function judgeAll(
  set: WorldSet,
  policies: ReadonlyMap<string, Policy>,
  making: Making,
): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const seed of set.seeds) {
    const one = { ...set, seeds: [seed] };
    const [cell] = await cellsOf(one, making);
    if (!cell) continue;
    if (!(await judgeCell(cell, policies, making.limits))) {
      rmSync(join(cell.folder, 'finished'));
      await cellsOf(one, making);
      await judgeCell(cell, policies, making.limits);
    }
    cells.push(cell);
  }
  return cells;
}
