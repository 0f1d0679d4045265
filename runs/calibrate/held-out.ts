/**
 * One kind of subject fitted: on everybody, without each group, and on operators and cohorts drawn again.
 * Pure.
 */
import { type BootstrapOptions, percentileInterval, resample } from '../../statistics/bootstrap.ts';
import { type FitOptions, fitLevels, type LevelFit } from './fit.ts';
import { gainTest } from './gains.ts';
import type { Material } from './material.ts';
import { sumsOf } from './predict.ts';
import { type GroupCounts, groupCounts, type Tally, tally } from './tally.ts';

export interface KindFit {
  counts: Tally;
  groups: readonly GroupCounts[];
  /** Fitted on everybody. */
  all: readonly LevelFit[];
  /** Fitted weights of the levels, without one group of the material. */
  without(group: number): number[];
  /** Levels that did not rise in `all` because it did not pay. */
  stay: ReadonlySet<number>;
}

export function fitKind(from: Material, options: FitOptions, baseRates: readonly number[]): KindFit {
  const counts = tally(from);
  const groups = groupCounts(counts);
  const stayWithout = gainTest(from, groups, options, baseRates);
  const stay = stayWithout(null);
  const free = fitLevels(from.levels, groups, from.kind, options);
  const all = fitLevels(from.levels, groups, from.kind, options, stay).map((fit, i) => {
    const { fitted, why, heldOut } = free[i]!;
    // What would not have risen anyway owes nothing to the test of gains.
    return fitted === fit.fitted ? { ...fit, why, heldOut } : fit;
  });
  return {
    counts,
    groups,
    stay,
    all,
    without(group) {
      const others = groups.filter((_, other) => other !== group);
      const fits = fitLevels(from.levels, others, from.kind, options, stayWithout(group));
      return fits.map(({ fitted }) => fitted);
    },
  };
}

/** Nats against each subject by weights that never saw its group, without the prior. */
export function heldOutSums(from: Material, fit: KindFit, { policy }: FitOptions): Float64Array {
  const byGroup = from.groups.map((_, group) => sumsOf(from, fit.without(group), policy));
  return Float64Array.from(from.unit, (unit, i) => byGroup[from.unitGroup[unit]!]![from.pattern[i]!]!);
}

/**
 * Percentile interval of each level's fitted weight; NULL without resamples. What may rise at all is not
 * drawn again.
 */
export function weightIntervals(
  from: Material,
  { counts, stay }: KindFit,
  options: FitOptions,
  { resamples, seed, level }: BootstrapOptions,
): ({ low: number; high: number } | null)[] {
  const sizes = new Uint32Array(from.unitGroup.length).fill(1);
  const drawn = resample({ sizes, resamples, seed }, (draws) => {
    const groups = groupCounts(counts, draws).filter(({ weight }) => weight > 0);
    return fitLevels(from.levels, groups, from.kind, options, stay).map(({ fitted }) => fitted);
  });
  return from.levels.map((_, i) => (drawn[i] ? percentileInterval(drawn[i], level) : null));
}
