/** The figures of a pool of accounts: rings by family, strength and size, operators, honest cohorts. */
import type { Evaluation } from '../../contracts/evaluation.ts';
import { recallByRingSize } from '../../runs/evaluate/breakdown.ts';
import { evaluateClusters } from '../../runs/evaluate/clusters.ts';
import { FINAL, HELD, type Sample } from '../../runs/evaluate/sample.ts';
import { upperBound } from '../../statistics/binomial.ts';
import type { Bootstrap } from '../../statistics/bootstrap.ts';
import { byText, groupsOf, type Pool, precisionOf, type Rate, rateOf, subset } from '../worlds/pool.ts';

/** Operators of fewer accounts are never excluded by rule, so recall is asked of the others. */
const SMALLEST = 4;
/** Family names of operators who know the detectors: shown, and no target. */
const ADAPTS = /^adaptive-/;

export interface RingCell {
  family: string;
  strength: number;
  n: number;
  operators: number;
  exclude: Rate;
  exclude_or_review: Rate;
}

export interface Cohort {
  family: string;
  n: number;
  exclude: number;
  review: number;
  /** One-sided exact 95 % bounds. */
  exclude_upper: number;
  review_upper: number;
}

type Sizes = ReturnType<typeof recallByRingSize>;

export interface Figures {
  accounts: number;
  sybils: number;
  precision: Rate | null;
  /** Accounts of operators of four or more that do not adapt. */
  cells: RingCell[];
  strengths: RingCell[];
  /** Operators who adapt: what is not found. */
  adaptive: RingCell[];
  /** Of every operator that does not adapt, the smallest included. */
  ring_sizes: { strength: number | null; sizes: Sizes }[];
  /** B-cubed of operators that do not adapt; by strength and in all (NULL). */
  operators: { strength: number | null; clusters: Evaluation['clusters'] }[];
  /** Honest accounts of all worlds; of worlds without a Sybil. */
  cohorts: Cohort[];
  honest_worlds: Cohort[];
}

function ringCell(sample: Sample, at: readonly number[], family: string, bootstrap: Bootstrap): RingCell {
  const part = subset(sample, at);
  return {
    family,
    strength: sample.strength[at[0]!] ?? 0,
    n: at.length,
    operators: part.units,
    exclude: rateOf(part, FINAL, bootstrap),
    exclude_or_review: rateOf(part, HELD, bootstrap),
  };
}

function cohortsOf(sample: Sample): Cohort[] {
  const cohort = (family: string, at: readonly number[]): Cohort => {
    const having = (outcome: number) => at.filter((i) => sample.outcome[i] === outcome).length;
    const [exclude, review] = [having(FINAL), having(HELD)];
    return {
      family,
      n: at.length,
      exclude,
      review,
      exclude_upper: upperBound(exclude, at.length),
      review_upper: upperBound(review, at.length),
    };
  };
  return [...groupsOf(sample, 0, (i) => sample.family[i]!)]
    .map(([family, at]) => cohort(family, at))
    .sort((a, b) => byText(a.family, b.family));
}

/** Intervals are at 95 %, by `resamples` draws of whole operators. */
export function figures({ sample, world, clusterOf }: Pool, bootstrap: Bootstrap): Figures {
  const sizes = new Map<string | null, number>();
  for (const [i, operator] of sample.operator.entries())
    if (sample.bad[i] === 1) sizes.set(operator, (sizes.get(operator) ?? 0) + 1);
  const all = [...sample.ids.keys()];
  const bad = all.filter((i) => sample.bad[i] === 1);
  const adapts = (i: number) => ADAPTS.test(sample.family[i]!);
  const asked = bad.filter((i) => !adapts(i) && sizes.get(sample.operator[i]!)! >= SMALLEST);
  const known = bad.filter((i) => !adapts(i));
  const cellsOf = (at: readonly number[], keyOf: (i: number) => string): RingCell[] => {
    const part = subset(sample, at);
    return [...groupsOf(part, 1, (i) => `${keyOf(at[i]!)} ${part.strength[i] ?? 0}`)]
      .map(([key, members]) => ringCell(part, members, key.slice(0, key.lastIndexOf(' ')), bootstrap))
      .sort((a, b) => byText(a.family, b.family) || a.strength - b.strength);
  };
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
