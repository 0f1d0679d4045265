/** Pieces of evidence for tests of the judge's rules. */
import type { Piece } from '../pipelines/judge/piece.ts';

/** A piece of so many nats that only its operator could author, seen at no time; `more` says what is else. */
export function pieceWith(
  { detector, family, raw }: Pick<Piece, 'detector' | 'family' | 'raw'>,
  more: Partial<Piece> = {},
): Piece {
  return {
    detector,
    family,
    level: 'l',
    value: null,
    forgeable_by: 'operator',
    raw,
    weight: 0,
    contradiction: false,
    alone: false,
    first_at: null,
    last_at: null,
    facet: null,
    links: false,
    hub: false,
    sharers: 0,
    inCluster: 0,
    card: null,
    ...more,
  };
}
