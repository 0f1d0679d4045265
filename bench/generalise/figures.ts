/** The figures of a pool of accounts or devices of drawn worlds. */
import { FINAL, HELD, type Sample } from '../../runs/evaluate/sample.ts';
import type { Bootstrap } from '../../statistics/bootstrap.ts';
import { type Cohort, cohortsOf } from '../detection/attacks.ts';
import { byText, type Pool, precisionOf, type Rate, rateOf, subset } from '../worlds/pool.ts';
import { apartOf } from './apart.ts';
import type { SharedTrait } from './cell-truth.ts';
import { type VictimRow, victimsOf } from './victims.ts';

/** How many bad subjects of a kind are found. */
export interface Recall {
  what: string;
  n: number;
  operators: number;
  /** Excluded accounts, void devices. */
  final: Rate;
  final_or_held: Rate;
}

export interface Figures {
  subjects: number;
  bad: number;
  precision: Rate | null;
  /** NULL without a bad subject. */
  all: Recall | null;
  strengths: Recall[];
  traits: Recall[];
  /** By how many traits a subject has. */
  numbers: Recall[];
  /** Honest subjects alone: good ones of operators, of forgers and of the network left out. */
  honest: { final: number; held: number; n: number };
  cohorts: Cohort[];
  /** Those whom framers made look guilty, by move. */
  victims: VictimRow[];
}

function recallOf(sample: Sample, at: readonly number[], what: string, bootstrap: Bootstrap): Recall {
  const part = subset(sample, at);
  return {
    what,
    n: at.length,
    operators: part.units,
    final: rateOf(part, FINAL, bootstrap),
    final_or_held: rateOf(part, HELD, bootstrap),
  };
}

/** Recall by a key; a subject counts under each of its keys. */
function recallBy(
  sample: Sample,
  at: readonly number[],
  keysOf: (i: number) => readonly string[],
  bootstrap: Bootstrap,
): Recall[] {
  const groups = new Map<string, number[]>();
  for (const i of at)
    for (const key of keysOf(i)) {
      const known = groups.get(key);
      if (known) known.push(i);
      else groups.set(key, [i]);
    }
  return [...groups]
    .sort(([a], [b]) => byText(a, b))
    .map(([key, members]) => recallOf(sample, members, key, bootstrap));
}

/** The sample with one cohort for each sort of good subjects who are nobody's honest ones. */
function withCohorts(sample: Sample): Sample {
  const family = sample.family.map((name, i) => (sample.bad[i] === 0 ? (apartOf(name) ?? name) : name));
  return { ...sample, family };
}

/** Numbers of traits in classes: one to seven, and more. */
const numberOf = (traits: number): string => (traits > 7 ? '8 or more' : String(traits));

/**
 * Intervals are at 95 %, by draws of whole operators; bounds on cohorts are exact and one-sided. `movesAgainst`
 * holds the moves of framers by the group of their victims.
 */
export function figuresOf(
  { sample }: Pick<Pool, 'sample'>,
  traitsOf: ReadonlyMap<string, readonly SharedTrait[]>,
  bootstrap: Bootstrap,
  movesAgainst: ReadonlyMap<string, readonly string[]> = new Map(),
): Figures {
  const all = [...sample.ids.keys()];
  const bad = all.filter((i) => sample.bad[i] === 1);
  const good = all.filter((i) => sample.bad[i] === 0 && apartOf(sample.family[i]!) === null);
  const having = (outcome: number) => good.filter((i) => sample.outcome[i] === outcome).length;
  const traits = (i: number) => (traitsOf.get(sample.ids[i]!) ?? []).map(({ trait }) => trait);
  return {
    subjects: all.length,
    bad: bad.length,
    precision: precisionOf(sample, bootstrap),
    all: bad.length === 0 ? null : recallOf(sample, bad, 'all', bootstrap),
    strengths: recallBy(sample, bad, (i) => [String(sample.strength[i] ?? '')], bootstrap),
    traits: recallBy(sample, bad, traits, bootstrap),
    numbers: recallBy(sample, bad, (i) => [numberOf(traits(i).length)], bootstrap),
    honest: { final: having(FINAL), held: having(HELD), n: good.length },
    cohorts: cohortsOf(withCohorts(sample)),
    victims: victimsOf(sample, (i) => movesAgainst.get(sample.operator[i] ?? '') ?? []),
  };
}
