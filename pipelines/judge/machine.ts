/**
 * A machine judged by its terms, before anybody decides about it. Pure, so that published terms replay it.
 */
import type { Policy } from '../../contracts/policy.ts';
import type { Term } from '../../contracts/verdict.ts';
import { type CardFinding, judgeCards, type Machine, verdictOfCards, worstCard } from './cards.ts';
import { risk } from './fusion.ts';
import { pieceOf } from './piece.ts';
import { reasonsOf, summed } from './terms.ts';

export const termsAbout = (terms: readonly Term[], { about, fused }: CardFinding): Term[] =>
  summed(
    about.map((i) => terms[i]!),
    fused,
  );

/** Every finding as a term: those about other cards than the worst one add nothing. */
function termsOfCards(terms: readonly Term[], worst: CardFinding): Term[] {
  const about = new Set(worst.about);
  const others = terms.filter((_, i) => !about.has(i));
  return [
    ...termsAbout(terms, worst),
    ...others.map((term) => ({ ...term, why_not: 'other-card' as const })),
  ];
}

/**
 * What a device's terms and its machine say, before any decision; `terms` as they were read or as they were
 * published.
 */
export function judgeMachine(terms: readonly Term[], machine: Machine, policy: Policy) {
  const cards = judgeCards(
    terms.map((term) => pieceOf(term, policy)),
    policy,
  );
  const worst = worstCard(cards);
  const all = termsOfCards(terms, worst);
  const { verdict, heldBy } = verdictOfCards(cards, machine);
  return { cards, terms: all, risk: risk(worst.logOdds), reasons: reasonsOf(all), verdict, heldBy };
}
