/**
 * Values shared by a crowd of strangers (an exchange's wallet, a public image) say nothing and are kept out.
 */
import type { Incidence } from './graph.ts';

export interface HubRule {
  /** Values of at most this many accounts are never hubs. */
  accounts: number;
  /** Share of the accounts that must share something else, from another source, with another of them. */
  related: number;
}

/**
 * Share of each large value's accounts that are related to another of them: both share a second value of
 * another source, and at least half of the accounts of that second value are among them. NaN for values that
 * are not large.
 */
export function relatedShares(graph: Incidence, rule: HubRule): Float64Array {
  const { byAccount, byValue, source } = graph;
  const shares = new Float64Array(graph.values).fill(Number.NaN);
  const common = new Int32Array(graph.values);
  for (let v = 0; v < graph.values; v++) {
    const [begin, end] = [byValue.start[v]!, byValue.start[v + 1]!];
    if (end - begin <= rule.accounts) continue;
    const others = function* (account: number): Generator<number> {
      for (let e = byAccount.start[account]!; e < byAccount.start[account + 1]!; e++) {
        const u = byAccount.item[e]!;
        if (u !== v && source[u] !== source[v]) yield u;
      }
    };
    for (let m = begin; m < end; m++) for (const u of others(byValue.item[m]!)) common[u]!++;
    let related = 0;
    for (let m = begin; m < end; m++) {
      for (const u of others(byValue.item[m]!)) {
        const size = byValue.start[u + 1]! - byValue.start[u]!;
        if (common[u]! >= 2 && 2 * common[u]! >= size) {
          related++;
          break;
        }
      }
    }
    for (let m = begin; m < end; m++) for (const u of others(byValue.item[m]!)) common[u] = 0;
    shares[v] = related / (end - begin);
  }
  return shares;
}

/** 1 for every value that is a hub. */
export function hubs(shares: Float64Array, rule: HubRule): Uint8Array {
  return Uint8Array.from(shares, (share) => (share < rule.related ? 1 : 0));
}
