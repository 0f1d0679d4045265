/** From a published term to the piece that the sum and the rules take: the only way there is. Pure. */
import type { Family, ForgeableBy } from '../../contracts/evidence.ts';
import { holdsAlone, isContradiction, natsOf, type Policy } from '../../contracts/policy.ts';
import type { Term } from '../../contracts/verdict.ts';

/** One finding as the sum and the rules see it. */
export interface Piece {
  detector: string;
  family: Family;
  level: string;
  value: string | null;
  /** What of several measurements of one detector it is about; NULL where the detector states one thing. */
  facet: string | null;
  forgeable_by: ForgeableBy;
  /** Nats by the policy, after ln(tested / 3). */
  raw: number;
  /**
   * Nats by the policy, before that limit: of two pieces that it makes equal, the heavier one comes first.
   */
  weight: number;
  /** A repeated network-measured contradiction: the policy's `contradictions`. */
  contradiction: boolean;
  links: boolean;
  /**
   * Shared by so many that it was kept out of the graph. It may hold, since stuffing a fact with strangers
   * must not clear anybody, but carries no exclusion.
   */
  hub: boolean;
  /** Other accounts with the same value, and those of them in the account's own cluster. */
  sharers: number;
  inCluster: number;
  /** Of a device: the card that it is about; NULL for the whole machine. */
  card: number | null;
  /** It holds without a second cause: the policy's `holds.alone`, and every contradiction. */
  alone: boolean;
  /** First and last observation, UTC epoch ms; NULL where the detector gives none. */
  first_at: number | null;
  last_at: number | null;
}

/** What of a term the verdict depends on. The rest is for readers. */
export type PieceTerm = Pick<
  Term,
  | 'detector'
  | 'family'
  | 'level'
  | 'value'
  | 'facet'
  | 'forgeable_by'
  | 'weight_raw'
  | 'links'
  | 'hub'
  | 'sharers'
  | 'sharers_in_cluster'
  | 'card'
  | 'first_at'
  | 'last_at'
>;

/** The piece of a term, as the judge summed it, under the policy of its run. */
export function pieceOf(
  term: PieceTerm,
  policy: Pick<Policy, 'contradictions' | 'holds' | 'weights'>,
): Piece {
  const { detector, family, level, value, facet, forgeable_by, weight_raw, links, hub, card } = term;
  return {
    detector,
    family,
    level,
    value,
    facet,
    forgeable_by,
    raw: weight_raw,
    weight: natsOf(policy.weights, detector, level),
    contradiction: isContradiction(policy, detector, level),
    links,
    hub,
    sharers: term.sharers ?? 0,
    inCluster: term.sharers_in_cluster ?? 0,
    card,
    alone: holdsAlone(policy, detector, level),
    first_at: term.first_at,
    last_at: term.last_at,
  };
}

/**
 * Names what a piece states: pieces of one statement are levels of it, and the strongest says all that the
 * others say. A value is one statement whichever card shows it; without a value each card is a statement of
 * its own.
 */
export function statementOf({ detector, facet, value, card }: Piece): string {
  return JSON.stringify([detector, facet, value, value === null ? card : null]);
}

/** Pieces that no outsider could have created. Everything that takes points away rests on these alone. */
export const solid = (pieces: readonly Piece[]): Piece[] =>
  pieces.filter(({ forgeable_by }) => forgeable_by !== 'anyone');
