/** Disjoint sets of whole numbers. */
export interface UnionFind {
  /** The smallest number of the set that holds `node`. */
  find(node: number): number;
  /** Joins the sets of both. */
  union(a: number, b: number): void;
  /** The smallest number of the set of each. */
  roots(): Int32Array;
}

/** The sets that `roots` tells apart, each ascending; sets by their first number. */
export function setsOf(roots: Int32Array): number[][] {
  const sets = new Map<number, number[]>();
  for (const [number, root] of roots.entries()) {
    const set = sets.get(root);
    if (set) set.push(number);
    else sets.set(root, [number]);
  }
  return [...sets.values()];
}

/**
 * The numbers 0 to `count` − 1, each a set of its own until it is joined (Tarjan 1975), with path
 * compression.
 */
export function unionFind(count: number): UnionFind {
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const find = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = node; at !== root; ) {
      const next = parent[at]!;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  return {
    find,
    // The smaller number becomes the root, so roots do not depend on the order of unions.
    union(a, b) {
      const [x, y] = [find(a), find(b)];
      if (x < y) parent[y] = x;
      else if (y < x) parent[x] = y;
    },
    roots: () => Int32Array.from(parent, (_, node) => find(node)),
  };
}
