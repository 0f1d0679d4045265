/**
 * A cluster scored as a whole: each fact that at least two of its members share counts once, whoever carries
 * it.
 */
import type { Policy } from '../../contracts/policy.ts';
import type { Term } from '../../contracts/verdict.ts';
import { type Fused, fuse } from './fusion.ts';
import { type Piece, pieceOf, solid } from './piece.ts';
import { reasonsOf } from './terms.ts';

export interface Pooled {
  logOdds: number;
  /** Without anything that others could have created. */
  solidLogOdds: number;
  reasons: string[];
}

/** Collects the members' terms one by one; holds one piece per distinct fact. */
export class ClusterPool {
  readonly #policy: Policy;
  readonly #facts = new Map<string, Piece & { reason: string }>();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  add(terms: readonly Term[]): void {
    for (const term of terms) {
      const piece = pieceOf(term, this.#policy);
      if (piece.raw <= 0 || piece.hub || !piece.links || piece.inCluster === 0) continue;
      const key = JSON.stringify([piece.detector, piece.value, piece.forgeable_by === 'anyone']);
      const known = this.#facts.get(key);
      if (!known || piece.raw > known.raw) this.#facts.set(key, { ...piece, reason: term.reason });
    }
  }

  fuse(): Pooled {
    const pieces = [...this.#facts.values()];
    const all: Fused = fuse(pieces, 'account', this.#policy);
    return {
      logOdds: all.logOdds,
      solidLogOdds: fuse(solid(pieces), 'account', this.#policy).logOdds,
      reasons: reasonsOf(pieces.map(({ reason }, i) => ({ reason, weight: all.weights[i]! }))),
    };
  }
}
