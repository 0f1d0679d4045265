/**
 * Which accounts are linked at all. A link needs facts of `minLink` nats that no outsider could have created:
 * one such fact, or two of different values that the same accounts share. Linear in the incidences: pairs are
 * never listed.
 */

import { unionFind } from '../../statistics/union-find.ts';
import type { Incidence } from './graph.ts';

/** Facts per account that are tried in pairs; the strongest first. */
const PAIRED_FACTS = 32;

/** Values of one account that are no hubs, strongest first, as edge numbers. */
function ownFacts(graph: Incidence, hub: Uint8Array, account: number): number[] {
  const { start, item, nats } = graph.byAccount;
  const edges: number[] = [];
  for (let e = start[account]!; e < start[account + 1]!; e++) if (!hub[item[e]!]) edges.push(e);
  return edges.sort((a, b) => nats[b]! - nats[a]! || item[a]! - item[b]!);
}

/** Component of each account: the smallest account number in it. */
export function components(graph: Incidence, hub: Uint8Array, minLink: number): Int32Array {
  const sets = unionFind(graph.accounts);
  const { start, item, nats } = graph.byValue;
  for (let v = 0; v < graph.values; v++) {
    if (hub[v]) continue;
    let first = -1;
    for (let e = start[v]!; e < start[v + 1]!; e++) {
      if (nats[e]! < minLink) continue;
      if (first < 0) first = item[e]!;
      else sets.union(first, item[e]!);
    }
  }
  const pairs = new Map<number, number>();
  for (let a = 0; a < graph.accounts; a++) {
    const facts = ownFacts(graph, hub, a).slice(0, PAIRED_FACTS);
    for (const [i, e] of facts.entries()) {
      for (const f of facts.slice(i + 1)) {
        if (graph.byAccount.nats[e]! + graph.byAccount.nats[f]! < minLink) break;
        const [u, v] = [graph.byAccount.item[e]!, graph.byAccount.item[f]!];
        const key = Math.min(u, v) * graph.values + Math.max(u, v);
        const first = pairs.get(key);
        if (first === undefined) pairs.set(key, a);
        else sets.union(first, a);
      }
    }
  }
  return sets.roots();
}
