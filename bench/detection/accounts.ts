/** The figures of a pool of accounts: rings by family, strength and size, operators, honest cohorts. */
import type { Evaluation } from '../../contracts/evaluation.ts';
import { recallByRingSize } from '../../runs/evaluate/breakdown.ts';
import { evaluateClusters } from '../../runs/evaluate/clusters.ts';
import type { Bootstrap } from '../../statistics/bootstrap.ts';
import { type Pool, precisionOf, type Rate, subset } from '../worlds/pool.ts';
import { type AttackCell, attackCells, type Cohort, cohortsOf } from './attacks.ts';

/** Operators of fewer accounts are never excluded by rule, so recall is asked of the others. */
const SMALLEST = 4;
/** Family names of operators who know the detectors: shown, and no target. */
const ADAPTS = /^adaptive-/;

type Sizes = ReturnType<typeof recallByRingSize>;

export interface AccountFigures {
  accounts: number;
  sybils: number;
  precision: Rate | null;
  /** Accounts of operators of four or more that do not adapt. */
  cells: AttackCell[];
  strengths: AttackCell[];
  /** Operators who adapt: what is not found. */
  adaptive: AttackCell[];
  /** Of every operator that does not adapt, the smallest included. */
  ring_sizes: { strength: number | null; sizes: Sizes }[];
  /** B-cubed of operators that do not adapt; by strength and in all (NULL). */
  operators: { strength: number | null; clusters: Evaluation['clusters'] }[];
  /** Honest accounts of all worlds; of worlds without a Sybil. */
  cohorts: Cohort[];
  honest_worlds: Cohort[];
}

/** Intervals are at 95 %, by `resamples` draws of whole operators. */
export function accountFigures({ sample, world, clusterOf }: Pool, bootstrap: Bootstrap): AccountFigures {
  const sizes = new Map<string | null, number>();
  for (const [i, operator] of sample.operator.entries())
    if (sample.bad[i] === 1) sizes.set(operator, (sizes.get(operator) ?? 0) + 1);
  const all = [...sample.ids.keys()];
  const bad = all.filter((i) => sample.bad[i] === 1);
  const adapts = (i: number) => ADAPTS.test(sample.family[i]!);
  const asked = bad.filter((i) => !adapts(i) && sizes.get(sample.operator[i]!)! >= SMALLEST);
  const known = bad.filter((i) => !adapts(i));
  const cellsOf = (at: readonly number[], keyOf: (i: number) => string): AttackCell[] =>
    attackCells(subset(sample, at), (i) => keyOf(at[i]!), bootstrap);
  const byStrength = <T>(make: (at: readonly number[]) => T): ({ strength: number | null } & T)[] =>
    [null, 1, 2, 3, 4].flatMap((strength) => {
      const at = known.filter((i) => strength === null || sample.strength[i] === strength);
      return at.length === 0 ? [] : [{ strength, ...make(at) }];
    });
  const attacked = new Set(bad.map((i) => world[i]!));
  const familyOf = (i: number) => sample.family[i]!;
  return {
    accounts: all.length,
    sybils: bad.length,
    precision: precisionOf(sample, bootstrap),
    cells: cellsOf(asked, familyOf),
    strengths: cellsOf(asked, () => 'all'),
    adaptive: cellsOf(bad.filter(adapts), familyOf),
    ring_sizes: byStrength((at) => ({ sizes: recallByRingSize(subset(sample, at)) })),
    operators: byStrength((at) => ({
      clusters: evaluateClusters(subset(sample, at), clusterOf, { ...bootstrap, level: 0.95 }),
    })),
    cohorts: cohortsOf(sample),
    honest_worlds: cohortsOf(
      subset(
        sample,
        all.filter((i) => !attacked.has(world[i]!)),
      ),
    ),
  };
}
