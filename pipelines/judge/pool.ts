/** A cluster scored as a whole: each fact that at least two of its members share counts once, whoever carries it. */
import type { Policy } from '../../contracts/policy.ts';
import type { Evidence } from './findings.ts';
import { reasonsOf } from './findings.ts';
import { type Fused, fuse, type Piece, solid } from './fusion.ts';

export interface Pooled {
  logOdds: number;
  /** Without anything that others could have created. */
  solidLogOdds: number;
  reasons: string[];
}

/** Collects the members' evidence one by one; holds one piece per distinct fact. */
export class ClusterPool {
  readonly #facts = new Map<string, Piece & { reason: string }>();

  add(evidence: readonly Evidence[]): void {
    for (const { row, ...piece } of evidence) {
      if (piece.raw <= 0 || !row.links || !row.sharers_in_cluster) continue;
      const key = JSON.stringify([piece.detector, piece.value, piece.forgeable_by === 'anyone']);
      const known = this.#facts.get(key);
      if (!known || piece.raw > known.raw) this.#facts.set(key, { ...piece, reason: row.reason });
    }
  }

  fuse(policy: Policy): Pooled {
    const pieces = [...this.#facts.values()];
    const all: Fused = fuse(pieces, 'account', policy);
    return {
      logOdds: all.logOdds,
      solidLogOdds: fuse(solid(pieces), 'account', policy).logOdds,
      reasons: reasonsOf(pieces.map(({ reason }, i) => ({ reason, weight: all.weights[i]! }))),
    };
  }
}
