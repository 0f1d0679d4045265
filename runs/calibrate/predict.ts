/** Judges patterns of findings again under other weights, by the judge's own sum. Pure. */
import { natsOf, type Policy } from '../../contracts/policy.ts';
import { fuse, logit } from '../../pipelines/judge/fusion.ts';
import { type Piece, pieceOf } from '../../pipelines/judge/piece.ts';
import type { Material, Pattern } from './material.ts';

/** A pattern's findings as the judge's rules take them. `weights` stand in the order of `Material.levels`. */
export function piecesOf(
  { pieces }: Pick<Pattern, 'pieces'>,
  weights: ArrayLike<number>,
  policy: Policy,
): Piece[] {
  return pieces.map(({ no, bound, ...term }) => {
    const nats = no === null ? natsOf(policy.lift, term.detector, term.level) : weights[no]!;
    const seen = { first_at: null, last_at: null };
    return pieceOf(
      { ...term, ...seen, weight_raw: Math.min(nats, bound ?? Number.POSITIVE_INFINITY) },
      policy,
    );
  });
}

/** Nats against a subject of each pattern, without the prior. */
export function sumsOf(
  { patterns, kind }: Pick<Material, 'patterns' | 'kind'>,
  weights: ArrayLike<number>,
  policy: Policy,
): Float64Array {
  const prior = logit(policy.prior[kind]);
  return Float64Array.from(
    patterns,
    (pattern) => fuse(piecesOf(pattern, weights, policy), kind, policy).logOdds - prior,
  );
}
