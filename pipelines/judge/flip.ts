/** Why a verdict stands on what it stands on: the smallest set of evidence whose removal flips it. Pure. */

/** Sets that are tried before the search gives up on being smallest and removes the strongest one by one. */
const TRIES = 200_000;

export interface Flip<T> {
  /** Terms to remove; empty when the verdict stands whatever is removed. */
  removed: T[];
  /** True when no smaller set flips the verdict. */
  smallest: boolean;
}

/** Index sets of `size` out of `count`, in lexicographic order. */
function* choose(count: number, size: number): Generator<number[]> {
  const set = Array.from({ length: size }, (_, i) => i);
  while (set[0] !== undefined && set[0] <= count - size) {
    yield set;
    let at = size - 1;
    while (at >= 0 && set[at] === count - size + at) at--;
    if (at < 0) return;
    set[at]!++;
    for (let i = at + 1; i < size; i++) set[i] = set[i - 1]! + 1;
  }
}

/**
 * The smallest set of `terms` without which `holds` is false. Among sets of one size the one with the
 * strongest terms wins, so the answer is unique. `holds` sees the terms that are left, e.g. by `judgeAccount`
 * or `judgeDevice`.
 */
export function flipSet<T extends { weight: number }>(
  terms: readonly T[],
  holds: (left: readonly T[]) => boolean,
): Flip<T> {
  const counted = terms.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  const rest = terms.filter(({ weight }) => weight <= 0);
  let tries = 0;
  for (let size = 1; size <= counted.length; size++) {
    for (const set of choose(counted.length, size)) {
      if (tries++ > TRIES) return greedy(counted, rest, holds);
      const gone = new Set(set);
      if (!holds([...counted.filter((_, i) => !gone.has(i)), ...rest])) {
        return { removed: set.map((i) => counted[i]!), smallest: true };
      }
    }
  }
  return { removed: [], smallest: true };
}

function greedy<T>(
  counted: readonly T[],
  rest: readonly T[],
  holds: (left: readonly T[]) => boolean,
): Flip<T> {
  for (let n = 1; n <= counted.length; n++) {
    if (!holds([...counted.slice(n), ...rest])) return { removed: counted.slice(0, n), smallest: false };
  }
  return { removed: [], smallest: false };
}
