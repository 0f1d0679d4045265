/** Judges a machine card by card: what is said of the whole machine is said of each of its cards. Pure. */
import type { Policy } from '../../contracts/policy.ts';
import { type DeviceFinding, judgeDevice } from './device-rule.ts';
import { type Evidence, fuseSubject, type Subject } from './findings.ts';
import type { Fused } from './fusion.ts';

/** What the evidence says of one card; `card` is its index, NULL stands for every card that nothing names. */
export interface CardFinding extends DeviceFinding {
  card: number | null;
  evidence: Evidence[];
  fused: Fused;
}

/** What frees a card of a machine: what its inventory shows, what the network measured often enough, and what is listed. */
export interface Machine {
  /** Indices in its newest inventory; empty when it has none. */
  places: readonly number[];
  judgeable: readonly number[];
  listed: number | null;
}

/**
 * The card that a finding is about, NULL for the whole machine. Indices are the machine's own word: where one card is
 * listed or shown there is one, and an index that the inventory does not have is no further card.
 */
function cardOf({ row }: Evidence, { places, listed }: Machine): number | null {
  if (listed === 1 || places.length === 1) return null;
  return row.gpu_index !== null && places.length > 0 && !places.includes(row.gpu_index)
    ? null
    : row.gpu_index;
}

function judgeCard(subject: Subject, machine: Machine, card: number | null, policy: Policy): CardFinding {
  const evidence = subject.evidence.filter((one) => {
    const about = cardOf(one, machine);
    return about === null || about === card;
  });
  const fused = fuseSubject({ ...subject, evidence }, 'device', policy);
  return { card, evidence, fused, ...judgeDevice(evidence, fused, policy) };
}

/** Named cards by index, then the rest of the machine. */
export function judgeCards(subject: Subject, machine: Machine, policy: Policy): CardFinding[] {
  const named = new Set(subject.evidence.map((one) => cardOf(one, machine)).filter((card) => card !== null));
  const indices = [...named].sort((a, b) => a - b);
  return [...indices, null].map((card) => judgeCard(subject, machine, card, policy));
}

/** The card against which most is said; of equals the first. */
export function worstCard(cards: readonly CardFinding[]): CardFinding {
  return cards.reduce((worst, card) => (card.logOdds > worst.logOdds ? card : worst));
}

/**
 * The verdict on the machine: void when every measured card is, or, where the network measured none, as many as it shows or
 * is listed with; held when some of its cards are void or held.
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
