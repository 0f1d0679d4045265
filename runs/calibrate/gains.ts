/**
 * Which rises pay: each alone, on groups that its fit never saw, in log loss at every base rate. Single
 * levels are fitted as if they stood alone; findings come together, and much of what a level shows others had
 * shown already. Pure.
 */
import type { Policy } from '../../contracts/policy.ts';
import { fuse, logit, sigmoid } from '../../pipelines/judge/fusion.ts';
import { logLossOf } from '../evaluate/calibration.ts';
import { type FitOptions, fitLevels, presentWeight } from './fit.ts';
import type { Material } from './material.ts';
import { piecesOf } from './predict.ts';
import type { GroupCounts } from './tally.ts';

/** Weight of each pattern in each group. */
function patternMass({ groups, unitGroup, unit, pattern, weight }: Material): Map<number, number>[] {
  const mass = groups.map(() => new Map<number, number>());
  for (let i = 0; i < unit.length; i++) {
    const group = mass[unitGroup[unit[i]!]!]!;
    group.set(pattern[i]!, (group.get(pattern[i]!) ?? 0) + weight[i]!);
  }
  return mass;
}

/** Nats against a pattern, without the prior; each pattern under equal weights is summed once. */
function remembering({ patterns, kind }: Material, policy: Policy) {
  const prior = logit(policy.prior[kind]);
  const known = new Map<string, number>();
  return (pattern: number, weights: readonly number[]): number => {
    const { levels } = patterns[pattern]!;
    const key = `${pattern} ${levels.map((level) => weights[level]).join(' ')}`;
    const sum =
      known.get(key) ?? fuse(piecesOf(patterns[pattern]!, weights, policy), kind, policy).logOdds - prior;
    known.set(key, sum);
    return sum;
  };
}

/**
 * Asks what a fit without a group (NULL: of everybody) may not raise: levels of which the rise, tried on each
 * other group with weights that saw neither, is no gain at one of the base rates, or which no other group
 * shows.
 */
export function gainTest(
  from: Material,
  counted: readonly GroupCounts[],
  options: FitOptions,
  baseRates: readonly number[],
): (without: number | null) => Set<number> {
  const { groups, levels, patterns, kind } = from;
  const present = levels.map((info) => presentWeight(options.policy, info));
  const mass = patternMass(from);
  const sumOf = remembering(from, options.policy);
  const pairs = new Map<string, number[]>();
  const fittedWithout = (a: number, b: number | null): number[] => {
    const key = b === null ? `${a}` : `${Math.min(a, b)} ${Math.max(a, b)}`;
    const known = pairs.get(key);
    if (known) return known;
    const others = counted.filter((_, other) => other !== a && other !== b);
    const fitted = fitLevels(levels, others, kind, options).map((fit) => fit.fitted);
    pairs.set(key, fitted);
    return fitted;
  };

  /**
   * Adds to `changes` what each rise changes in the log loss of one group; `share` is a subject's, by base
   * rate.
   */
  const tryOn = (
    group: number,
    fitted: readonly number[],
    share: readonly number[],
    changes: readonly Float64Array[],
  ): void => {
    const { bad } = groups[group]!;
    const lowered = fitted.map((weight, i) => Math.min(weight, present[i]!));
    for (const [pattern, weight] of mass[group]!) {
      const rising = patterns[pattern]!.levels.filter((level) => fitted[level]! > present[level]!);
      if (rising.length === 0) continue;
      const before = sumOf(pattern, lowered);
      for (const level of rising) {
        const after = sumOf(pattern, lowered.with(level, fitted[level]!));
        for (const [r, rate] of baseRates.entries()) {
          const loss = (sum: number) => logLossOf(sigmoid(sum + logit(rate)), bad);
          changes[level]![r]! += weight * share[r]! * (loss(after) - loss(before));
        }
      }
    }
  };

  return (without) => {
    const all = { bad: 0, good: 0 };
    for (const [g, { bad, weight }] of counted.entries()) {
      if (g !== without) all[bad ? 'bad' : 'good'] += weight;
    }
    const changes = levels.map(() => new Float64Array(baseRates.length));
    for (const [g, { bad }] of groups.entries()) {
      if (g === without) continue;
      const share = baseRates.map((rate) => (bad ? rate / all.bad : (1 - rate) / all.good));
      tryOn(g, fittedWithout(g, without), share, changes);
    }
    return new Set(changes.flatMap((byRate, level) => (byRate.every((change) => change < 0) ? [] : [level])));
  };
}
