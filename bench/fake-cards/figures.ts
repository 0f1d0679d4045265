/** The figures of a pool of devices: attacks by strength, honest cohorts, worlds. */

import { FINAL, HELD, type Sample } from '../../runs/evaluate/sample.ts';
import { evaluateSubjects } from '../../runs/evaluate/subjects.ts';
import { upperBound } from '../../statistics/binomial.ts';
import type { Bootstrap } from '../../statistics/bootstrap.ts';
import { byText, groupsOf, type Pool, precisionOf, type Rate, rateOf, subset } from '../worlds/pool.ts';

type DevicePool = Pick<Pool, 'sample' | 'world'>;

export interface AttackCell {
  family: string;
  strength: number;
  n: number;
  operators: number;
  void: Rate;
  void_or_review: Rate;
}

export interface Cohort {
  family: string;
  n: number;
  void: number;
  review: number;
  /** One-sided exact 95 % bound on the share void. */
  void_upper: number;
}

export interface WorldFigures {
  world: string;
  devices: number;
  /** Share of devices that are fake. */
  fakes: number;
  precision: Rate | null;
  /** By strength: the mean over families of the share found void, each family alike, over families of every world. */
  recall: Record<string, number>;
}

export interface Figures {
  devices: number;
  fakes: number;
  precision: Rate | null;
  auroc: number | null;
  average_precision: number | null;
  cells: AttackCell[];
  strengths: Omit<AttackCell, 'family'>[];
  cohorts: Cohort[];
  worlds: WorldFigures[];
}

function strengthCell(
  sample: Sample,
  at: readonly number[],
  bootstrap: Bootstrap,
): Omit<AttackCell, 'family'> {
  const part = subset(sample, at);
  return {
    strength: sample.strength[at[0]!] ?? 0,
    n: at.length,
    operators: part.units,
    void: rateOf(part, FINAL, bootstrap),
    void_or_review: rateOf(part, HELD, bootstrap),
  };
}

function cohort(sample: Sample, at: readonly number[], family: string): Cohort {
  const having = (outcome: number) => at.filter((i) => sample.outcome[i] === outcome).length;
  const hit = having(FINAL);
  return { family, n: at.length, void: hit, review: having(HELD), void_upper: upperBound(hit, at.length) };
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
export function figures(pool: DevicePool, bootstrap: Bootstrap): Figures {
  const { sample } = pool;
  const all = evaluateSubjects(sample, 'void', { resamples: 0, seed: bootstrap.seed, level: 0.95 });
  const strengths = groupsOf(sample, 1, (i) => sample.strength[i] ?? 0);
  const cells = groupsOf(sample, 1, (i) => `${sample.family[i]} ${sample.strength[i] ?? 0}`);
  return {
    devices: all.labelled,
    fakes: all.bad,
    precision: precisionOf(sample, bootstrap),
    auroc: all.auroc.value,
    average_precision: all.average_precision.value,
    cells: [...cells.values()]
      .map((at) => ({ family: sample.family[at[0]!]!, ...strengthCell(sample, at, bootstrap) }))
      .sort((a, b) => byText(a.family, b.family) || a.strength - b.strength),
    strengths: [...strengths.values()]
      .map((at) => strengthCell(sample, at, bootstrap))
      .sort((a, b) => a.strength - b.strength),
    cohorts: [...groupsOf(sample, 0, (i) => sample.family[i]!)]
      .map(([family, at]) => cohort(sample, at, family))
      .sort((a, b) => byText(a.family, b.family)),
    worlds: worldFigures(pool, bootstrap),
  };
}
