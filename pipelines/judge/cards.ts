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

function judgeCard(subject: Subject, card: number | null, policy: Policy): CardFinding {
  const evidence = subject.evidence.filter(({ row }) => row.gpu_index === null || row.gpu_index === card);
  const fused = fuseSubject({ ...subject, evidence }, 'device', policy);
  return { card, evidence, fused, ...judgeDevice(evidence, fused, policy) };
}

/** Named cards by index, then the rest of the machine. */
export function judgeCards(subject: Subject, policy: Policy): CardFinding[] {
  const named = new Set(subject.evidence.map(({ row }) => row.gpu_index).filter((card) => card !== null));
  const indices = [...named].sort((a, b) => a - b);
  return [...indices, null].map((card) => judgeCard(subject, card, policy));
}

/** The card against which most is said; of equals the first. */
export function worstCard(cards: readonly CardFinding[]): CardFinding {
  return cards.reduce((worst, card) => (card.logOdds > worst.logOdds ? card : worst));
}

/** What frees a card of a machine: indices that the network measured often enough, and the number of cards listed. */
export interface Machine {
  judgeable: readonly number[];
  listed: number | null;
}

/**
 * The verdict on the machine: void when every measured card is (where none was, every card that evidence names) or as many
 * as are listed; held when some of its cards are void or held.
 */
export function verdictOfCards(
  cards: readonly CardFinding[],
  { judgeable, listed }: Machine,
): Pick<DeviceFinding, 'verdict' | 'heldBy'> {
  const worst = worstCard(cards);
  const rest = cards.find(({ card }) => card === null)!;
  const named = cards.filter(({ card }) => card !== null);
  if (rest.verdict === 'void' || named.length === 0) return rest;
  const judged =
    judgeable.length === 0
      ? named
      : judgeable.map((index) => named.find(({ card }) => card === index) ?? rest);
  const voids = named.filter(({ verdict }) => verdict === 'void').length;
  const all =
    judged.every(({ verdict }) => verdict === 'void') || voids >= (listed ?? Number.POSITIVE_INFINITY);
  if (voids > 0 && all) return { verdict: 'void', heldBy: [] };
  if (voids > 0) return { verdict: 'review', heldBy: ['some-cards'] };
  return cards.some(({ verdict }) => verdict === 'review') ? { ...worst, verdict: 'review' } : worst;
}
