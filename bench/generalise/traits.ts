/** Every trait that an operator or a card may have, every move of framers and every lie, by the halves of the bench. */
import { CARD_TRAIT_IDS } from '../../fixtures/worlds/grammar/cards/catalogue.ts';
import { MOVES } from '../../fixtures/worlds/grammar/framing/catalogue.ts';
import { LIES } from '../../fixtures/worlds/grammar/lies/catalogue.ts';
import { TRAIT_IDS } from '../../fixtures/worlds/grammar/trait.ts';
import { type Half, halfOfTrait } from './split.ts';

export const ALL_TRAITS: readonly string[] = [
  ...TRAIT_IDS,
  ...CARD_TRAIT_IDS,
  ...Object.keys(MOVES).map((move) => `framing.${move}`),
  ...Object.keys(LIES).map((lie) => `lie.${lie}`),
];

export const traitsOf = (half: Half): string[] => ALL_TRAITS.filter((trait) => halfOfTrait(trait) === half);
