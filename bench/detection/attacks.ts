/** What accounts and devices have in common: attacks by family and strength, and honest cohorts. */
import { FINAL, HELD, type Sample } from '../../runs/evaluate/sample.ts';
import { upperBound } from '../../statistics/binomial.ts';
import type { Bootstrap } from '../../statistics/bootstrap.ts';
import { byText, groupsOf, type Rate, rateOf, subset } from '../worlds/pool.ts';

export interface AttackCell {
  family: string;
  strength: number;
  n: number;
  operators: number;
  /** Excluded accounts, void devices. */
  final: Rate;
  final_or_review: Rate;
}

export interface Cohort {
  family: string;
  n: number;
  final: number;
  review: number;
  /** One-sided exact 95 % bounds on the shares. */
  final_upper: number;
  review_upper: number;
}

/**
 * The bad subjects of a sample by a key of theirs and their strength, sorted. Intervals are over operators.
 */
export function attackCells(
  sample: Sample,
  keyOf: (i: number) => string,
  bootstrap: Bootstrap,
): AttackCell[] {
  return [...groupsOf(sample, 1, (i) => `${keyOf(i)} ${sample.strength[i] ?? 0}`)]
    .map(([key, at]): AttackCell => {
      const part = subset(sample, at);
      return {
        family: key.slice(0, key.lastIndexOf(' ')),
        strength: sample.strength[at[0]!] ?? 0,
        n: at.length,
        operators: part.units,
        final: rateOf(part, FINAL, bootstrap),
        final_or_review: rateOf(part, HELD, bootstrap),
      };
    })
    .sort((a, b) => byText(a.family, b.family) || a.strength - b.strength);
}

/** Honest subjects by family, sorted. */
export function cohortsOf(sample: Sample): Cohort[] {
  return [...groupsOf(sample, 0, (i) => sample.family[i]!)]
    .map(([family, at]): Cohort => {
      const having = (outcome: number) => at.filter((i) => sample.outcome[i] === outcome).length;
      const [final, review] = [having(FINAL), having(HELD)];
      return {
        family,
        n: at.length,
        final,
        review,
        final_upper: upperBound(final, at.length),
        review_upper: upperBound(review, at.length),
      };
    })
    .sort((a, b) => byText(a.family, b.family));
}
