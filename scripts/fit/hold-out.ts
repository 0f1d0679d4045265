/** What the rule finds of an attack family that its weights have never seen. Pure. */
import type { Policy } from '../../contracts/policy.ts';
import { judgeDevice } from '../../pipelines/judge/device-rule.ts';
import { fuse, type Piece } from '../../pipelines/judge/fusion.ts';
import { fitWeights } from './fit.ts';
import { type Group, tally } from './levels.ts';
import type { LabelledSubject } from './runs.ts';

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

function piecesOf({ terms }: LabelledSubject, weights: Policy['weights'], policy: Policy): Piece[] {
  return terms.map(({ detector, level, family, forgeable_by, value, bound }) => ({
    detector,
    level,
    family,
    forgeable_by,
    value,
    raw: Math.min(weights[detector]?.[level] ?? 0, bound ?? Number.POSITIVE_INFINITY),
    contradiction: Object.hasOwn(policy.contradictions.levels[detector] ?? {}, level),
  }));
}

/** Verdicts of the device rule with other weights, counted. Subjects with equal findings are judged once. */
function judged(
  subjects: readonly LabelledSubject[],
  weights: Policy['weights'],
  policy: Policy,
): Omit<Found, 'honest'> {
  const known = new Map<string, string>();
  const found = { void: 0, reached: 0 };
  for (const subject of subjects) {
    if (subject.terms.length === 0) continue;
    const looks = JSON.stringify(subject.terms);
    let verdict = known.get(looks);
    if (verdict === undefined) {
      const pieces = piecesOf(subject, weights, policy);
      verdict = judgeDevice(pieces, fuse(pieces, 'device', policy), policy).verdict;
      known.set(looks, verdict);
    }
    if (verdict === 'void') found.void++;
    if (verdict !== 'clear') found.reached++;
  }
  return found;
}

/** Weights in which a level without a bad subject in `groups` is 0: it only observes. */
function seenOnly(weights: Policy['weights'], groups: readonly Group[]): Policy['weights'] {
  const seen = (level: string) => groups.some(({ bad, hits }) => bad && hits.has(level));
  const entries = Object.entries(weights).map(([detector, levels]) => [
    detector,
    Object.fromEntries(
      Object.entries(levels).map(([level, nats]) => [level, seen(`${detector}.${level}`) ? nats : 0]),
    ),
  ]);
  return Object.fromEntries(entries);
}

/**
 * Fits on `training`, with and without each of `families` (attack families of `tested`), and counts what the rule for
 * devices says of that family and of the honest in `tested`.
 */
export function holdOut(
  training: readonly LabelledSubject[],
  tested: readonly LabelledSubject[],
  families: readonly string[],
  policy: Policy,
): HeldOut[] {
  const groups = tally(training);
  const honest = tested.filter(({ bad }) => !bad);
  const full = fitWeights({ device: groups }, policy).weights;
  const innocent = (weights: Policy['weights']) => judged(honest, weights, policy).void;
  const [shippedHonest, fullHonest] = [innocent(policy.weights), innocent(full)];
  return families.map((family) => {
    const members = tested.filter(({ bad, group }) => bad && group === family);
    const others = groups.filter(({ bad, group }) => !bad || group !== family);
    const without = fitWeights({ device: others }, policy).weights;
    const unseen = seenOnly(without, others);
    const count = (weights: Policy['weights']): Found => ({
      ...judged(members, weights, policy),
      honest: innocent(weights),
    });
    return {
      family,
      n: members.length,
      shipped: { ...judged(members, policy.weights, policy), honest: shippedHonest },
      with: { ...judged(members, full, policy), honest: fullHonest },
      without: count(without),
      unseen: count(unseen),
    };
  });
}

/** Attack families of the subjects, in code-unit order. */
export function familiesOf(subjects: readonly LabelledSubject[]): string[] {
  return [...new Set(subjects.filter(({ bad }) => bad).map(({ group }) => group))].sort();
}
