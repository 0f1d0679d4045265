/** What the rule for devices finds of an attack family that its weights have never seen. Pure. */
import type { Policy } from '../../contracts/policy.ts';
import { judgeDevice } from '../../pipelines/judge/device-rule.ts';
import { fuse } from '../../pipelines/judge/fusion.ts';
import { type FitOptions, presentWeight } from './fit.ts';
import { fitKind } from './held-out.ts';
import type { Material } from './material.ts';
import { piecesOf } from './predict.ts';

export interface Found {
  /** Devices of the family that are void, and that are void or held. */
  void: number;
  reached: number;
  /** Honest devices void with the same weights. */
  honest: number;
}

export interface HeldOut {
  family: string;
  n: number;
  /** The policy's own weights. */
  shipped: Found;
  /** Weights fitted on every family. */
  with: Found;
  /** Fitted without the family; a level that no other family shows keeps the weight that a person gave it. */
  without: Found;
  /** Fitted without the family; a level that no other family shows weighs nothing. */
  unseen: Found;
}

type Verdicts = ('void' | 'review' | 'clear')[];

/** The verdict on each pattern. */
function verdictsOf({ patterns }: Material, weights: readonly number[], policy: Policy): Verdicts {
  return patterns.map((pattern) => {
    const pieces = piecesOf(pattern, weights, policy);
    return judgeDevice(pieces, fuse(pieces, 'device', policy), policy).verdict;
  });
}

function count(from: Material, verdicts: Verdicts, family: string): Found {
  const found = { void: 0, reached: 0, honest: 0 };
  for (let i = 0; i < from.unit.length; i++) {
    const verdict = verdicts[from.pattern[i]!]!;
    const { bad, name } = from.groups[from.unitGroup[from.unit[i]!]!]!;
    if (!bad && verdict === 'void') found.honest++;
    if (!bad || name !== family) continue;
    if (verdict === 'void') found.void++;
    if (verdict !== 'clear') found.reached++;
  }
  return found;
}

/** Attack families, in code-unit order. */
export function familiesOf({ groups }: Material): string[] {
  return groups.flatMap(({ name, bad, pure }) => (bad && pure ? [name] : [])).sort();
}

/**
 * Fits on `training`, with and without each attack family of `tested`, and counts what the rule for devices
 * says of that family and of the honest in `tested`. Both hold devices, over the same levels.
 */
export function holdOut(
  training: Material,
  tested: Material,
  options: FitOptions,
  baseRates: readonly number[],
): HeldOut[] {
  const { policy } = options;
  const fit = fitKind(training, options, baseRates);
  const verdicts = (weights: readonly number[]) => verdictsOf(tested, weights, policy);
  const all = fit.all.map(({ fitted }) => fitted);
  const [shipped, full] = [
    verdicts(training.levels.map((info) => presentWeight(policy, info))),
    verdicts(all),
  ];
  return familiesOf(tested).map((family) => {
    const group = training.groups.findIndex(({ name, bad }) => bad && name === family);
    const without = group === -1 ? all : fit.without(group);
    const seen = (level: number) =>
      fit.groups.some(({ bad, name, shown }) => bad && name !== family && shown[level]! > 0);
    const unseen = without.map((weight, level) => (seen(level) ? weight : 0));
    return {
      family,
      n: tested.unit.reduce((n, unit) => {
        const { bad, name } = tested.groups[tested.unitGroup[unit]!]!;
        return n + (bad && name === family ? 1 : 0);
      }, 0),
      shipped: count(tested, shipped, family),
      with: count(tested, full, family),
      without: count(tested, verdicts(without), family),
      unseen: count(tested, verdicts(unseen), family),
    };
  });
}
