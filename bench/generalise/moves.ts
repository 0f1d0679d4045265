/** What the traits of a world claim to move. */
import { CARD_TRAITS } from '../../fixtures/worlds/grammar/cards/catalogue.ts';
import { MOVES } from '../../fixtures/worlds/grammar/framing/catalogue.ts';
import { LIES } from '../../fixtures/worlds/grammar/lies/catalogue.ts';
import type { Lie } from '../../fixtures/worlds/grammar/lies/lie.ts';
import { TRAITS } from '../../fixtures/worlds/grammar/traits/catalogue.ts';

const lies = Object.entries<Lie>(LIES).flatMap(([id, { moves }]) =>
  moves ? [[`lie.${id}`, { moves }]] : [],
);

const framing = Object.entries(MOVES).map(([id, move]) => [`framing.${id}`, move] as const);

/** Traits of victims: what others did to them moves nothing of their own. */
const SUFFERED = { 'framing.many-rings': { moves: [] } };

/** Lies that stand on machines: from one that nobody ever ran no row comes, whatever is said of it. */
const TOLD = {
  'lie.counted-silent': {
    moves: (['heartbeats', 'pings', 'benchmarks', 'gpus', 'rentals', 'listings'] as const).map(
      (table) => `rows.${table}` as const,
    ),
  },
};

const ALL: Readonly<Record<string, { moves: readonly string[] } | undefined>> = {
  ...TRAITS,
  ...CARD_TRAITS,
  ...Object.fromEntries(framing),
  ...Object.fromEntries(lies),
  ...SUFFERED,
  ...TOLD,
};

/** Statistics that a trait may move, by its name in the truth. Throws for a trait of no catalogue. */
export function movesOf(trait: string): readonly string[] {
  const known = ALL[trait];
  if (!known) throw new Error(`no catalogue has the trait ${trait}`);
  return known.moves;
}
