/** Judges a machine card by card: what is said of the whole machine is said of each of its cards. Pure. */
import type { Policy } from '../../contracts/policy.ts';
import type { MachineRow } from '../../contracts/verdict.ts';
import { type DeviceFinding, judgeDevice } from './device-rule.ts';
import { type Fused, fuse } from './fusion.ts';
import type { Piece } from './piece.ts';

/** What the evidence says of one card; `card` is its index, NULL stands for every card that nothing names. */
export interface CardFinding extends DeviceFinding {
  card: number | null;
  /** Positions of the pieces about it, its own and the machine's; `fused` is in their order. */
  about: number[];
  fused: Fused;
}

/**
 * What frees a card of a machine: what its inventory shows, what the network measured often enough, and what
 * is listed.
 */
export type Machine = Omit<MachineRow, 'device_id'>;

/** A machine of which nothing names a card. */
export const WHOLE: Machine = { places: [], judgeable: [], listed: null };

/**
 * The card that a finding is about, NULL for the whole machine. Indices are the machine's own word: where one
 * card is listed or shown there is one, and an index that the inventory does not have is no further card.
 */
export function cardOf(index: number | null, { places, listed }: Machine): number | null {
  if (listed === 1 || places.length === 1) return null;
  return index !== null && places.length > 0 && !places.includes(index) ? null : index;
}

function judgeCard(pieces: readonly Piece[], card: number | null, policy: Policy): CardFinding {
  const about = pieces.flatMap((piece, i) => (piece.card === null || piece.card === card ? [i] : []));
  const own = about.map((i) => pieces[i]!);
  const fused = fuse(own, 'device', policy);
  return { card, about, fused, ...judgeDevice(own, fused, policy) };
}

/** Named cards by index, then the rest of the machine. The pieces' cards are as `cardOf` gives them. */
export function judgeCards(pieces: readonly Piece[], policy: Policy): CardFinding[] {
  const named = new Set(pieces.map(({ card }) => card).filter((card) => card !== null));
  const indices = [...named].sort((a, b) => a - b);
  return [...indices, null].map((card) => judgeCard(pieces, card, policy));
}

/** The card against which most is said; of equals the first. */
export function worstCard(cards: readonly CardFinding[]): CardFinding {
  return cards.reduce((worst, card) => (card.logOdds > worst.logOdds ? card : worst));
}

/**
 * The verdict on the machine: void when every measured card is, or, where the network measured none, as many
 * as it shows or is listed with; held when some of its cards are void or held.
 */
export function verdictOfCards(
  cards: readonly CardFinding[],
  { places, judgeable, listed }: Machine,
): Pick<DeviceFinding, 'verdict' | 'heldBy'> {
  const worst = worstCard(cards);
  const rest = cards.find(({ card }) => card === null)!;
  const named = cards.filter(({ card }) => card !== null);
  if (rest.verdict === 'void' || named.length === 0) return rest;
  const measured = judgeable.map((index) => named.find(({ card }) => card === index) ?? rest);
  const voids = named.filter(({ verdict }) => verdict === 'void').length;
  const all =
    measured.length > 0
      ? measured.every(({ verdict }) => verdict === 'void')
      : voids >= Math.max(places.length || named.length, listed ?? 1);
  if (voids > 0 && all) return { verdict: 'void', heldBy: [] };
  if (voids > 0) return { verdict: 'review', heldBy: ['some-cards'] };
  return cards.some(({ verdict }) => verdict === 'review') ? { ...worst, verdict: 'review' } : worst;
}
