/**
 * Evidence in log space (Fellegi and Sunter: log likelihood ratios of independent facts add). Pure functions
 * of pieces and policy. Facts of one family are not independent, so the strongest counts fully, the rest less
 * and less, up to the family's cap. Levels of one statement are degrees of it: only the strongest weighs.
 * What anyone could have created is added last: it never lowers and hardly raises a sum.
 */
import type { Family } from '../../contracts/evidence.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { WhyNot } from '../../contracts/verdict.ts';
import { type Piece, statementOf } from './piece.ts';

export type Kind = 'account' | 'device';

export interface Fused {
  /** Nats per piece, in the order of the pieces. */
  weights: number[];
  whyNot: (WhyNot | null)[];
  /** Log-odds of the prior plus all weights. */
  logOdds: number;
}

/** Nats are kept to six places, so that the printed terms are the summed ones. */
const SCALE = 1e6;
export const nats = (value: number): number => Math.round(value * SCALE) / SCALE;

export const logit = (p: number): number => Math.log(p / (1 - p));
/** Probability of log-odds; accurate at both ends. */
export const sigmoid = (x: number): number =>
  x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
/** 1 − p without cancellation. */
export const complement = (x: number): number => sigmoid(-x);
/** As printed: six places. */
export const risk = (logOdds: number): number => nats(sigmoid(logOdds));

/**
 * A weight is never larger than the evidence for it: a fact seen on 0 of n honest units says at most ln(n/3)
 * (the rule of three: the 95 % upper bound of its rate is 3/n), a fact with a p-value of its own at most −ln
 * p.
 */
export function cappedByTested(weight: number, tested: number, surprise: number | null = null): number {
  return nats(Math.max(0, Math.min(weight, surprise ?? Math.log(Math.max(tested, 1) / 3))));
}

/** Nats below the review threshold that all evidence anyone could create must stay, together. */
const ANYONE_MARGIN = 0.01;

/** The most nats from the prior that stay short of the review threshold. */
export function anyoneBound(policy: Policy, kind: Kind): number {
  return Math.max(0, nats(logit(policy.thresholds.review) - logit(policy.prior[kind]) - ANYONE_MARGIN));
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Total order of pieces: the strongest first, then the one that the policy weighs more, then by name, so that
 * the order of the rows does not matter.
 */
export function comparePieces(a: Piece, b: Piece): number {
  return (
    b.raw - a.raw ||
    b.weight - a.weight ||
    byCodeUnit(a.detector, b.detector) ||
    byCodeUnit(a.level, b.level) ||
    byCodeUnit(a.value ?? '', b.value ?? '')
  );
}

interface Slot {
  piece: Piece;
  index: number;
  /**
   * The weaker solid level of the same statement, for what anyone could have created: only the excess is
   * added.
   */
  over?: Slot | undefined;
}

type Discount = Policy['discount'][Kind];

/** What is left of each piece of one family after the stronger ones before it. `sorted` is descending. */
function discounted(sorted: readonly Slot[], { same, other }: Discount): number[] {
  const seen = new Map<string, number>();
  return sorted.map(({ piece: { detector, raw } }, stronger) => {
    const own = seen.get(detector) ?? 0;
    seen.set(detector, own + 1);
    return raw * same ** own * other ** (stronger - own);
  });
}

const total = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0);

function fuseFamily(slots: readonly Slot[], cap: number, discount: Discount, result: Fused): void {
  let room = cap;
  const grant = (index: number, wanted: number): void => {
    const weight = nats(Math.max(0, Math.min(wanted, room)));
    result.weights[index] = weight;
    if (weight === 0) result.whyNot[index] = 'family-cap';
    room = Math.max(0, room - weight);
  };
  const counted = slots.filter(({ piece }) => piece.forgeable_by !== 'anyone');
  const parts = discounted(counted, discount);
  for (const [i, { index }] of counted.entries()) grant(index, parts[i]!);
  let before = total(parts);
  for (const slot of slots.filter(({ piece }) => piece.forgeable_by === 'anyone')) {
    if (slot.over) counted.splice(counted.indexOf(slot.over), 1);
    counted.push(slot);
    counted.sort((a, b) => comparePieces(a.piece, b.piece));
    const after = total(discounted(counted, discount));
    grant(slot.index, after - before);
    before = after;
  }
}

/**
 * The strongest level of each statement, solid ones first; why the others do not count goes to `whyNot`. What
 * anyone could have created never takes a solid level's place: where it is the stronger one, both stand and
 * it adds the excess.
 */
function* strongest(order: readonly Slot[], whyNot: Fused['whyNot']): Generator<Slot> {
  const own = new Map<string, Slot>();
  const theirs = new Map<string, Slot>();
  const byAnyone = ({ piece }: Slot) => piece.forgeable_by === 'anyone';
  for (const slot of [...order.filter((one) => !byAnyone(one)), ...order.filter(byAnyone)]) {
    const { piece, index } = slot;
    const key = statementOf(piece);
    const solid = own.get(key);
    const before = solid && solid.piece.raw >= piece.raw ? solid : theirs.get(key);
    if (piece.raw <= 0) whyNot[index] = 'observing';
    else if (before) whyNot[index] = before.piece.level === piece.level ? 'same-fact' : 'also-holds';
    else {
      (byAnyone(slot) ? theirs : own).set(key, slot);
      yield byAnyone(slot) ? { ...slot, over: solid } : slot;
    }
  }
}

/** Weighs the pieces of one subject and adds them to the prior. */
export function fuse(pieces: readonly Piece[], kind: Kind, policy: Policy): Fused {
  const result: Fused = {
    weights: pieces.map(() => 0),
    whyNot: pieces.map(() => null),
    logOdds: nats(logit(policy.prior[kind])),
  };
  const order = pieces
    .map((piece, index) => ({ piece, index }))
    .sort((a, b) => comparePieces(a.piece, b.piece));
  const families = new Map<Family, Slot[]>();
  for (const slot of strongest(order, result.whyNot)) {
    const slots = families.get(slot.piece.family);
    if (slots) slots.push(slot);
    else families.set(slot.piece.family, [slot]);
  }
  for (const [family, slots] of families) {
    const cap = policy.caps[kind][family] ?? 0;
    const contradicted = kind === 'device' && slots.some(({ piece }) => piece.contradiction);
    fuseFamily(
      slots,
      contradicted ? Math.max(cap, policy.contradictions.cap) : cap,
      policy.discount[kind],
      result,
    );
  }
  let room = Math.min(policy.caps.anyone[kind], anyoneBound(policy, kind));
  for (const { piece, index } of order) {
    const weight = result.weights[index]!;
    if (piece.forgeable_by === 'anyone' && weight > 0) {
      const allowed = nats(Math.min(weight, room));
      result.weights[index] = allowed;
      if (allowed === 0) result.whyNot[index] = 'others-could-author';
      room -= allowed;
    }
  }
  for (const { index } of order) result.logOdds += result.weights[index]!;
  result.logOdds = nats(result.logOdds);
  return result;
}

/**
 * How many independent sources speak: families with at least the policy's weight, where the families that a
 * landlord causes in all tenants alike count as one (for accounts; a device is the hardware, so each family
 * counts).
 */
export function independentFamilies(
  pieces: readonly Piece[],
  fused: Fused,
  kind: Kind,
  policy: Policy,
): number {
  const sums = new Map<Family, number>();
  pieces.forEach(({ family }, i) => {
    sums.set(family, (sums.get(family) ?? 0) + fused.weights[i]!);
  });
  const hosting = new Set<Family>(kind === 'account' ? policy.hosting : []);
  const sources = new Set<string>();
  for (const [family, sum] of sums) {
    if (sum >= policy.thresholds.familyWeight) sources.add(hosting.has(family) ? 'hosting' : family);
  }
  return sources.size;
}
