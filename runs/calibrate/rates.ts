/**
 * How often one level fires: among attackers of the families that it is about, and among honest cohorts; with
 * everybody, and with each family or cohort left out. Pure.
 */
import { lowerQuantile } from '../../statistics/quantile.ts';
import type { GroupCounts } from './tally.ts';

/**
 * Subjects of a cohort that count as evidence for the rate of all cohorts: rates of small ones are drawn to
 * it.
 */
const COHORT_PRIOR = 10;
/** A cohort of fewer tells nothing about cohorts. */
const SMALLEST_COHORT = 3;

export interface Rates {
  /** The group left out; NULL: nobody. */
  heldOut: string | null;
  /**
   * Hit rate of an attack family in which it fires, each family weighted by its own rate: a family that the
   * level is not about does not count against it, nor does a chance hit.
   */
  hitRate: number;
  /** Sum of the families' hit rates: how many families' worth of attackers show it. */
  support: number;
  /**
   * Honest subjects, as if each had been drawn alike (Kish 1965: (Σw)² / Σw²), and those of them who show it.
   */
  honest: number;
  alarms: number;
  cohorts: number;
}

const positive = (value: number): number => Math.max(0, value);
const effective = (weight: number, squares: number): number =>
  squares <= 0 ? 0 : (weight * weight) / squares;

/** Rate of a family; the added subject without the finding keeps a family of one from being certain. */
function familyRate({ weight, squares, hits }: GroupCounts, level: number): number {
  const n = effective(weight, squares);
  return n === 0 ? 0 : ((hits[level]! / weight) * n) / (n + 1);
}

/**
 * Rates with nobody held out first, then without each attack family that shows the level and without each
 * cohort. `typical` is the hit rate that a family of which nothing is known is taken to have; it counts as
 * one family.
 */
export function ratesOf(groups: readonly GroupCounts[], level: number, typical: number): Rates[] {
  const families = groups
    .filter(({ bad, pure, weight }) => bad && pure && weight > 0)
    .map((group) => ({ name: group.name, rate: familyRate(group, level) }));
  const good = groups.filter(({ bad, weight }) => !bad && weight > 0);
  const sum = (of: (group: GroupCounts) => number): number => good.reduce((total, one) => total + of(one), 0);
  const all = {
    weight: sum((g) => g.weight),
    squares: sum((g) => g.squares),
    hits: sum((g) => g.hits[level]!),
  };
  const pooled = all.weight === 0 ? 0 : all.hits / all.weight;
  const cohorts = new Map(
    good
      .filter(({ pure, subjects }) => pure && subjects >= SMALLEST_COHORT)
      .map(({ name, times, weight, squares, hits }) => {
        const n = effective(weight, squares);
        const rate = ((hits[level]! / weight) * n + COHORT_PRIOR * pooled) / (n + COHORT_PRIOR);
        return [name, { times, rate }];
      }),
  );
  const first = families.reduce((total, { rate }) => total + rate, 0);
  const second = families.reduce((total, { rate }) => total + rate * rate, 0);
  const number = [...cohorts.values()].reduce((total, { times }) => total + times, 0);
  const alike = [...cohorts.values()].reduce((total, { times, rate }) => total + times * rate, 0);

  const rates = (heldOut: string | null, family: number, group: GroupCounts | undefined): Rates => {
    const support = positive(first - family);
    const weight = all.weight - (group?.weight ?? 0);
    const honest = effective(weight, all.squares - (group?.squares ?? 0));
    const mine = (group && cohorts.get(group.name)) ?? { times: 0, rate: 0 };
    const left = number - mine.times;
    const share = weight <= 0 ? 0 : positive(all.hits - (group?.hits[level] ?? 0)) / weight;
    const mean = left === 0 || all.hits === 0 ? 0 : positive(alike - mine.times * mine.rate) / left;
    return {
      heldOut,
      hitRate: (positive(second - family * family) + typical * typical) / (support + typical),
      support,
      honest,
      alarms: honest * Math.max(share, mean),
      cohorts: left,
    };
  };
  // Where nobody shows it, nobody's absence matters.
  if (first === 0 && all.hits === 0) return [rates(null, 0, undefined)];
  return [
    rates(null, 0, undefined),
    ...families.filter(({ rate }) => rate > 0).map(({ name, rate }) => rates(name, rate, undefined)),
    ...good.map((group) => rates(group.name, 0, group)),
  ];
}

/** When so few levels are seen that nothing is typical. */
const NOTHING_TYPICAL = 0.1;

/** Lower quartile over the levels of the hit rate in the families that each is about. */
export function typicalHitRate(groups: readonly GroupCounts[], levels: number): number {
  const means: number[] = [];
  for (let level = 0; level < levels; level++) {
    const rates = groups
      .filter(({ bad, pure, weight }) => bad && pure && weight > 0)
      .map((group) => familyRate(group, level));
    const first = rates.reduce((total, rate) => total + rate, 0);
    if (first > 0) means.push(rates.reduce((total, rate) => total + rate * rate, 0) / first);
  }
  return lowerQuantile(means, 0.25) ?? NOTHING_TYPICAL;
}
