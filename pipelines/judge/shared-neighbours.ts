/**
 * Sets of nodes that are joined by shared neighbours (Jarvis and Patrick 1973, doi:10.1109/T-C.1973.223640).
 * Machines on one card are each other's partners, all of them; a pair that met by chance has none in common,
 * however often chance makes such pairs. So a pair counts when its two neighbourhoods overlap, and a chain of
 * chances joins nothing.
 */
import { unionFind } from '../../statistics/union-find.ts';

/** Pairs of node numbers, each pair once. */
export interface Pairs {
  a: Int32Array;
  b: Int32Array;
  /** 1 where each node named the other. */
  mutual: Uint8Array;
}

/** Share of the other neighbours of the node with fewer that a pair must have in common. */
export const OVERLAP = 0.5;

/** Neighbours of node `i` ascending, itself among them, at `start[i]` to `start[i + 1] - 1`. */
function neighbourhoods(count: number, { a, b }: Pairs) {
  const start = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) start[i + 1] = 1;
  for (let e = 0; e < a.length; e++) {
    start[a[e]! + 1]!++;
    start[b[e]! + 1]!++;
  }
  for (let i = 0; i < count; i++) start[i + 1]! += start[i]!;
  const next = start.slice(0, count);
  const item = new Int32Array(start[count]!);
  for (let i = 0; i < count; i++) item[next[i]!++] = i;
  for (let e = 0; e < a.length; e++) {
    item[next[a[e]!]!++] = b[e]!;
    item[next[b[e]!]!++] = a[e]!;
  }
  for (let i = 0; i < count; i++) item.subarray(start[i], start[i + 1]).sort();
  return { start, item };
}

/** Whether an ascending part of `item` holds `node`. */
function holds(item: Int32Array, from: number, to: number, node: number): boolean {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (item[middle]! < node) low = middle + 1;
    else high = middle;
  }
  return low < to && item[low] === node;
}

/**
 * The smallest node number of the set of each node. Two nodes of which one knows nobody else are joined only
 * if they name each other. The cost of a pair is that of its smaller neighbourhood.
 */
export function joinSharing(count: number, pairs: Pairs): Int32Array {
  const { start, item } = neighbourhoods(count, pairs);
  const sets = unionFind(count);
  const size = (node: number): number => start[node + 1]! - start[node]!;
  for (let e = 0; e < pairs.a.length; e++) {
    const [x, y] = [pairs.a[e]!, pairs.b[e]!];
    const [small, large] = size(x) <= size(y) ? [x, y] : [y, x];
    if (size(small) === 2 && pairs.mutual[e] === 0) continue;
    let common = 0;
    for (let i = start[small]!; i < start[small + 1]!; i++) {
      if (holds(item, start[large]!, start[large + 1]!, item[i]!)) common++;
    }
    // The pair itself is in both neighbourhoods and proves nothing.
    if (common - 2 >= OVERLAP * (size(small) - 2)) sets.union(x, y);
  }
  return sets.roots();
}
