/** Whether the clusters are the operators. */

export interface BCubedItem {
  operator: string;
  /** NULL for an account in no cluster: it stands alone. */
  cluster: string | null;
}

export interface BCubed {
  /** Per item: share of its cluster that its operator owns. */
  precision: Float64Array;
  /** Per item: share of its operator's items that its cluster holds. */
  recall: Float64Array;
}

/**
 * B-cubed (Bagga & Baldwin 1998; the measure that meets the four constraints of Amigó, Gonzalo, Artiles &
 * Verdejo 2009), per item. Items outside the argument do not count, on either side.
 */
export function bCubed(items: readonly BCubedItem[]): BCubed {
  const clusters = new Map<string, number>();
  const operators = new Map<string, number>();
  const both = new Map<string, Map<string, number>>();
  const increment = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { operator, cluster } of items) {
    increment(operators, operator);
    if (cluster === null) continue;
    increment(clusters, cluster);
    const inside = both.get(cluster) ?? new Map<string, number>();
    both.set(cluster, inside);
    increment(inside, operator);
  }
  const shared = ({ operator, cluster }: BCubedItem) =>
    cluster === null ? 1 : both.get(cluster)!.get(operator)!;
  const clusterSize = ({ cluster }: BCubedItem) => (cluster === null ? 1 : clusters.get(cluster)!);
  return {
    precision: Float64Array.from(items, (item) => shared(item) / clusterSize(item)),
    recall: Float64Array.from(items, (item) => shared(item) / operators.get(item.operator)!),
  };
}

/** Harmonic mean; 0 when both are 0. */
export function f1(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
