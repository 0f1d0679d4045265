/** Judges patterns of findings again under other weights, by the judge's own sum. Pure. */
import type { Policy } from '../../contracts/policy.ts';
import { fuse, logit, type Piece } from '../../pipelines/judge/fusion.ts';
import type { Material, Pattern } from './material.ts';

/** A pattern's findings as the judge's rules take them. `weights` stand in the order of `Material.levels`. */
export function piecesOf({ pieces }: Pattern, weights: ArrayLike<number>, policy: Policy): Piece[] {
  return pieces.map(({ level, detector, name, family, forgeableBy, value, bound, contradiction }) => {
    const nats = level === null ? (policy.lift[detector]?.[name] ?? 0) : weights[level]!;
    return {
      detector,
      level: name,
      family,
      value,
      forgeable_by: forgeableBy,
      raw: Math.min(nats, bound ?? Number.POSITIVE_INFINITY),
      contradiction,
    };
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
