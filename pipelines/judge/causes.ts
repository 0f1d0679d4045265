/**
 * What may have made the findings about one subject in one stroke. A hold needs two causes, or something that
 * the network itself measured again and again. Pure.
 */
import { causeOf, explainedBy, type Policy } from '../../contracts/policy.ts';
import type { HeldBy } from '../../contracts/verdict.ts';
import type { Fused } from './fusion.ts';
import type { Piece } from './piece.ts';

const HOUR_MS = 3_600_000;

/** The one cause of all that is said of how and from where an account came. */
const ARRIVAL = 'arrival';

interface Span {
  from: number;
  to: number;
}

const spanOf = ({ first_at, last_at }: Piece): Span | null =>
  first_at === null || last_at === null ? null : { from: first_at, to: last_at };

/** True where `piece` is over within one occasion, and that occasion is the account's arrival. */
function onArrival(piece: Piece, arrivals: readonly Span[], occasionMs: number): boolean {
  const span = spanOf(piece);
  if (!span || span.to - span.from > occasionMs) return false;
  return arrivals.some(({ from, to }) => span.from <= to + occasionMs && span.to >= from - occasionMs);
}

/** What the policy calls the cause of each piece where other pieces may explain it. */
function explained(pieces: readonly Piece[], { weights }: Fused, policy: Policy): (string | null)[] {
  const speaking = new Set(
    pieces.flatMap(({ detector, level }, i) => (weights[i]! > 0 ? [detector, `${detector}:${level}`] : [])),
  );
  return pieces.map(
    ({ detector, level }) =>
      explainedBy(policy, speaking, detector, level) ?? causeOf(policy, detector, level),
  );
}

/**
 * The independent causes that speak, each with at least the policy's `familyWeight` nats. A family is a cause
 * of its own unless the policy names another one; what is then over within the occasion of the arrival is the
 * arrival's. To hold, a finding that another one explains is no cause of its own either; an exclusion asks for
 * so much more evidence that it need not look at that.
 */
export function causesOf(
  pieces: readonly Piece[],
  fused: Fused,
  policy: Policy,
  to: 'hold' | 'exclude' = 'hold',
): Set<string> {
  const { weights } = fused;
  const occasionMs = policy.holds.occasionHours * HOUR_MS;
  const named =
    to === 'hold'
      ? explained(pieces, fused, policy)
      : pieces.map(({ detector, level }) => causeOf(policy, detector, level));
  const arrivals = pieces.flatMap((piece, i) =>
    weights[i]! > 0 && named[i] === ARRIVAL ? (spanOf(piece) ?? []) : [],
  );
  const sums = new Map<string, number>();
  pieces.forEach((piece, i) => {
    const cause = named[i] ?? (onArrival(piece, arrivals, occasionMs) ? ARRIVAL : piece.family);
    sums.set(cause, (sums.get(cause) ?? 0) + weights[i]!);
  });
  const least = policy.thresholds.familyWeight;
  return new Set([...sums].filter(([, sum]) => sum >= least).map(([cause]) => cause));
}

/** True where the evidence may hold: enough causes, or a finding that holds alone. */
export function mayHold(pieces: readonly Piece[], fused: Fused, policy: Policy): boolean {
  const { thresholds, holds } = policy;
  const alone = pieces.some(({ alone }, i) => alone && fused.weights[i]! >= thresholds.familyWeight);
  return alone || causesOf(pieces, fused, policy).size >= holds.least;
}

interface Verdict<V> {
  verdict: V | 'review' | 'clear';
  heldBy: HeldBy[];
}

/**
 * A hold that rests on one cause is `clear`, and `heldBy` says so.
 */
export function withCauses<V>(
  { verdict, heldBy }: Verdict<V>,
  pieces: readonly Piece[],
  fused: Fused,
  policy: Policy,
): Verdict<V> {
  if (verdict !== 'review' || mayHold(pieces, fused, policy)) return { verdict, heldBy };
  return { verdict: 'clear', heldBy: [...new Set<HeldBy>([...heldBy, 'one-cause'])] };
}
