/** All weights of one kind of subject fitted at once. Pure. */
import type { CalibratedWhy } from '../../contracts/calibration.ts';
import { natsOf, type Policy, type Weight, type Weights } from '../../contracts/policy.ts';
import { type Kind, logit } from '../../pipelines/judge/fusion.ts';
import { isotonicFalling } from '../../statistics/isotonic.ts';
import { type FittedLevel, fitLevel } from './level.ts';
import type { LevelInfo } from './material.ts';
import { ratesOf, typicalHitRate } from './rates.ts';
import type { GroupCounts } from './tally.ts';

export interface FitOptions {
  policy: Policy;
  /** Standard deviation of what the present weight says of the true one, nats. */
  trust: number;
  /** Detectors that only observe so far and may be given a weight. */
  promote: ReadonlySet<string>;
}

export interface LevelFit extends FittedLevel {
  present: number;
  /** As the policy will say it: a tenth of a nat is as fine as any of this is known. */
  fitted: number;
}

const STEPS_PER_NAT = 10;
/** Down to the next step where it rises, to the nearest where it falls. */
function rounded(weight: number, present: number): number {
  if (weight > present) return Math.max(present, Math.floor(weight * STEPS_PER_NAT + 1e-6) / STEPS_PER_NAT);
  return Math.round(weight * STEPS_PER_NAT) / STEPS_PER_NAT;
}

export const presentWeight = ({ weights }: Pick<Policy, 'weights'>, { detector, level }: LevelInfo): number =>
  natsOf(weights, detector, level);

function capOf(info: LevelInfo, kind: Kind, { caps, contradictions }: Policy): number {
  return info.contradiction && kind === 'device' ? contradictions.cap : (caps[kind][info.family] ?? 0);
}

function whyItStays({ forgeableBy }: LevelInfo, noGain: boolean): 'anyone' | 'no-gain' | null {
  if (forgeableBy === 'anyone') return 'anyone';
  return noGain ? 'no-gain' : null;
}

/**
 * What a person decides by setting a weight above or below: whether one finding alone holds, or joins
 * accounts.
 */
function linesOf(kind: Kind, { prior, thresholds, cluster }: Policy): number[] {
  const alone = logit(thresholds.review) - logit(prior[kind]);
  return kind === 'account' ? [cluster.minLink, alone] : [alone];
}

/** Positions of one detector's levels, strongest by the policy first, ties as the detector declares them. */
function ordersOf(levels: readonly LevelInfo[], policy: Policy): number[][] {
  const detectors = new Map<string, number[]>();
  for (const [i, { detector }] of levels.entries()) {
    detectors.set(detector, [...(detectors.get(detector) ?? []), i]);
  }
  const present = (i: number) => presentWeight(policy, levels[i]!);
  return [...detectors.values()].map((positions) =>
    positions.sort((a, b) => present(b) - present(a) || a - b),
  );
}

/** Fits made of a detector's levels in their order, none above the one before it or above its own ceiling. */
function inOrder(fits: readonly FittedLevel[]): number[] {
  const pooled = isotonicFalling(
    fits.map(({ weight, information }) => ({ value: weight, weight: information })),
  );
  let before = Number.POSITIVE_INFINITY;
  return pooled.map((value, i) => {
    before = Math.min(before, value, fits[i]!.ceiling);
    return before;
  });
}

/**
 * The levels' fits in their own order. A level without a weight keeps none unless its detector is to be
 * promoted. Groups that are to be held out are left out of `groups`; levels of `stay` do not rise.
 */
export function fitLevels(
  levels: readonly LevelInfo[],
  groups: readonly GroupCounts[],
  kind: Kind,
  { policy, trust, promote }: FitOptions,
  stay: ReadonlySet<number> = new Set(),
): LevelFit[] {
  const typical = typicalHitRate(groups, levels.length);
  const lines = linesOf(kind, policy);
  const fits = levels.map((info, i) => {
    const terms = {
      present: presentWeight(policy, info),
      stays: whyItStays(info, stay.has(i)),
      cap: capOf(info, kind, policy),
      lines,
    };
    return { ...fitLevel(terms, ratesOf(groups, i, typical), typical, trust), ...terms };
  });
  const out = new Array<LevelFit>(levels.length);
  for (const order of ordersOf(levels, policy)) {
    const counts = (i: number) => fits[i]!.present > 0 || promote.has(levels[i]!.detector);
    for (const i of order.filter((one) => !counts(one))) {
      out[i] = { ...fits[i]!, fitted: fits[i]!.present, why: 'observes', heldOut: null };
    }
    const weighed = order.filter(counts);
    let before = Number.POSITIVE_INFINITY;
    for (const [k, weight] of inOrder(weighed.map((i) => fits[i]!)).entries()) {
      const fit = fits[weighed[k]!]!;
      const fitted = Math.min(before, rounded(weight, fit.present));
      before = fitted;
      const moved = Math.abs(weight - fit.weight) > 1 / STEPS_PER_NAT;
      const why: CalibratedWhy = moved ? 'order' : fit.why;
      out[weighed[k]!] = { ...fit, fitted, why, heldOut: moved ? null : fit.heldOut };
    }
  }
  return out;
}

/** A fitted weight with its provenance; where the level was silent elsewhere stays as it was counted. */
function fittedWeight(
  before: Weight | number | undefined,
  { fitted: weight, tested, cohorts, why }: LevelFit,
): Weight {
  const on = `${Math.round(tested)} honest subjects in ${cohorts} cohorts and the attackers of the runs that "provenance" names; what bound it: ${why}`;
  return { nats: weight, how: 'fitted', on, silent: typeof before === 'object' ? before.silent : null };
}

/**
 * The policy's weights with the fitted ones in place of those that they replace. A level that did not move
 * keeps its words.
 */
export function weightsWith(
  present: Weights,
  levels: readonly LevelInfo[],
  fits: readonly LevelFit[],
): Weights {
  const weights = structuredClone(present);
  for (const [i, { detector, level }] of levels.entries()) {
    if (natsOf(weights, detector, level) === fits[i]!.fitted) continue;
    weights[detector] = { ...weights[detector], [level]: fittedWeight(weights[detector]?.[level], fits[i]!) };
  }
  return weights;
}
