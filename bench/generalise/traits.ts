/** Every trait that an operator or a card may have, by the halves of the bench. */
import { CARD_TRAIT_IDS } from '../../fixtures/worlds/grammar/cards/catalogue.ts';
import { TRAIT_IDS } from '../../fixtures/worlds/grammar/trait.ts';
import { type Half, halfOfTrait } from './split.ts';

export const ALL_TRAITS: readonly string[] = [...TRAIT_IDS, ...CARD_TRAIT_IDS];

export const traitsOf = (half: Half): string[] => ALL_TRAITS.filter((trait) => halfOfTrait(trait) === half);
