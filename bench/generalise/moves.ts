/** What the traits of a world claim to move. */
import { CARD_TRAITS } from '../../fixtures/worlds/grammar/cards/catalogue.ts';
import type { Trait } from '../../fixtures/worlds/grammar/trait.ts';
import { TRAITS } from '../../fixtures/worlds/grammar/traits/catalogue.ts';

const ALL: Readonly<Record<string, Pick<Trait, 'moves'> | undefined>> = { ...TRAITS, ...CARD_TRAITS };

/** Statistics that a trait may move, by its name in the truth. Throws for a trait of no catalogue. */
export function movesOf(trait: string): readonly string[] {
  const known = ALL[trait];
  if (!known) throw new Error(`no catalogue has the trait ${trait}`);
  return known.moves;
}
