/** The cells of a set of worlds, with their verdicts under several policies. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../contracts/policy.ts';
import { type Cell, fingerprint, makeCell } from '../worlds/cells.ts';
import { drawOf, type Making, type WorldSet } from './sets.ts';
import { judgeCell } from './verdicts.ts';

const SECONDS = 'seconds';

/** How long it took to make the cell; null for one of which it is not known. */
export function secondsOf({ folder }: Pick<Cell, 'folder'>): number | null {
  const path = join(folder, SECONDS);
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : null;
}

/** Audits of one set; dataset and workspace stay until `judgeAll`. */
export async function cellsOf(set: WorldSet, { work, limits }: Making): Promise<Cell[]> {
  const { name, seeds } = set;
  mkdirSync(work, { recursive: true });
  const source = fingerprint();
  const cells: Cell[] = [];
  for (const seed of seeds) {
    const started = Date.now();
    const step = (what: string) => process.stderr.write(`${name}, seed ${seed}: ${what}\n`);
    const plan = { world: name, seed, scale: 1, work, source, draw: drawOf(set, seed), stays: true };
    const cell = await makeCell(plan, limits, step);
    const seconds = Math.round((Date.now() - started) / 1000);
    // A finished cell keeps the time of its making; one that is made anew loses its folder first.
    if (secondsOf(cell) === null) writeFileSync(join(cell.folder, SECONDS), String(seconds));
    cells.push(cell);
    step(`done, ${seconds} s`);
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
    const one: WorldSet = { name: set.name, seeds: [seed], draw: drawOf(set, seed) };
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
