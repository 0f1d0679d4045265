/** The figures of a pool of devices: attacks by strength, honest cohorts, worlds. */

import { FINAL } from '../../runs/evaluate/sample.ts';
import { evaluateSubjects } from '../../runs/evaluate/subjects.ts';
import type { Bootstrap } from '../../statistics/bootstrap.ts';
import { groupsOf, type Pool, precisionOf, type Rate, subset } from '../worlds/pool.ts';
import { type AttackCell, attackCells, type Cohort, cohortsOf } from './attacks.ts';

type DevicePool = Pick<Pool, 'sample' | 'world'>;

export interface WorldFigures {
  world: string;
  devices: number;
  /** Share of devices that are fake. */
  fakes: number;
  precision: Rate | null;
  /**
   * By strength: the mean over families of the share found void, each family alike, over families of every
   * world.
   */
  recall: Record<string, number>;
}

export interface DeviceFigures {
  devices: number;
  fakes: number;
  precision: Rate | null;
  auroc: number | null;
  average_precision: number | null;
  cells: AttackCell[];
  strengths: AttackCell[];
  cohorts: Cohort[];
  worlds: WorldFigures[];
}

function worldFigures({ sample, world }: DevicePool, bootstrap: Bootstrap): WorldFigures[] {
  const names = [...new Set(world)];
  const attacked = names.filter((name) => world.some((one, i) => one === name && sample.bad[i] === 1));
  const groups = groupsOf(sample, 1, (i) => `${sample.strength[i] ?? 0} ${sample.family[i]} ${world[i]}`);
  const everywhere = [...groups.keys()]
    .map((key) => key.slice(0, key.lastIndexOf(' ')))
    .filter(
      (cell, k, all) => all.indexOf(cell) === k && attacked.every((name) => groups.has(`${cell} ${name}`)),
    );
  return names.map((name) => {
    const at = world.flatMap((one, i) => (one === name ? [i] : []));
    const part = subset(sample, at);
    const recall: Record<string, number> = {};
    if (!attacked.includes(name))
      return { world: name, devices: at.length, fakes: 0, precision: precisionOf(part, bootstrap), recall };
    for (const strength of [...new Set(everywhere.map((cell) => cell.split(' ')[0]!))].sort()) {
      const shares = everywhere
        .filter((cell) => cell.startsWith(`${strength} `))
        .map((cell) => groups.get(`${cell} ${name}`)!)
        .map((members) => members.filter((i) => sample.outcome[i] === FINAL).length / members.length);
      recall[strength] = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    }
    const fakes = part.bad.reduce((sum, bad) => sum + bad, 0) / at.length;
    return { world: name, devices: at.length, fakes, precision: precisionOf(part, bootstrap), recall };
  });
}

/** Intervals are at 95 %, by `resamples` draws of whole operators. */
export function deviceFigures(pool: DevicePool, bootstrap: Bootstrap): DeviceFigures {
  const { sample } = pool;
  const all = evaluateSubjects(sample, 'void', { resamples: 0, seed: bootstrap.seed, level: 0.95 });
  return {
    devices: all.labelled,
    fakes: all.bad,
    precision: precisionOf(sample, bootstrap),
    auroc: all.auroc.value,
    average_precision: all.average_precision.value,
    cells: attackCells(sample, (i) => sample.family[i]!, bootstrap),
    strengths: attackCells(sample, () => 'all', bootstrap),
    cohorts: cohortsOf(sample),
    worlds: worldFigures(pool, bootstrap),
  };
}
